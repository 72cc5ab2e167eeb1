package dev.farpool.worker.exec;

import dev.farpool.executor.Main;
import dev.farpool.executor.tree.ProcessTree;
import dev.farpool.v1.PoolSpec;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The command line and the environment of executors.
 *
 * <p>The class path stands in a file: it may be longer than an argument can be, and whoever debugs
 * an executor can run the same command by hand.
 */
final class ExecutorCommand {
  /**
   * Before the pool's own options, which therefore win. Measured for a quick start and a small
   * process; the pool's code decides about its heap and its collector.
   */
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:-UsePerfData",
          "-XX:+ExitOnOutOfMemoryError",
          "-Dfile.encoding=UTF-8");

  /** Starts commands in half the time; newer JDKs warn of it, and have caught up. */
  private static final String VFORK = "-Djdk.lang.Process.launchMechanism=VFORK";

  private static final int NEWEST_WITH_VFORK = 21;

  private static final List<String> INHERITED =
      List.of("PATH", "HOME", "LANG", "TZ", "TMPDIR", "USER");

  /**
   * Makes an executor the leader of a session and group of its own, so that Ctrl-C on the worker's
   * terminal does not end its tasks, and the group can be killed in one stroke. Null where there is
   * no such program.
   */
  private static final String SETSID = find("setsid");

  /** The program that every executor is started with. */
  static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  private final Path socket;
  private final Path doomed;
  private final long leaseMillis;
  private final Isolation isolation;

  /**
   * @param doomed the directory that executors delete when their agent is gone
   * @param isolation as whom they run
   */
  ExecutorCommand(Path socket, Path doomed, long leaseMillis, Isolation isolation) {
    this.socket = socket;
    this.doomed = doomed;
    this.leaseMillis = leaseMillis;
    this.isolation = isolation;
  }

  /** Writes the argument file of a pool. */
  static void writeArguments(Path file, PoolSpec spec, List<Path> classPath) throws IOException {
    List<String> lines = flags();
    lines.addAll(spec.getJvmOptionsList());
    lines.add("-cp");
    lines.add(classPath(classPath));
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      text.append('"').append(line.replace("\\", "\\\\").replace("\"", "\\\"")).append("\"\n");
    }
    Files.writeString(file, text);
  }

  private static List<String> flags() {
    List<String> flags = new ArrayList<>(FLAGS);
    if (Runtime.version().feature() <= NEWEST_WITH_VFORK) {
      flags.add(VFORK);
    }
    return flags;
  }

  /** The class path of executors with these parts of a pool's code. */
  static String classPath(List<Path> parts) {
    StringBuilder path = new StringBuilder(runtime().toString());
    for (Path part : parts) {
      path.append(File.pathSeparatorChar).append(part);
    }
    return path.toString();
  }

  private static String find(String program) {
    for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      Path file = Path.of(directory, program);
      if (file.isAbsolute() && Files.isExecutable(file)) {
        return file.toString();
      }
    }
    return null;
  }

  /** Where the executor's runtime is: a jar, or a directory in the middle of a build. */
  static Path runtime() {
    try {
      return Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException malformed) {
      throw new IllegalStateException("cannot tell where the executor's runtime is", malformed);
    }
  }

  /** How an executor of a pool is started. */
  ProcessBuilder builder(ChildExecutor executor, Path arguments, PoolSpec spec) {
    return builder(executor, List.of("@" + arguments), spec);
  }

  /** How an executor is started that has no pool yet, see {@link CodeJar}. */
  ProcessBuilder spare(ChildExecutor executor) {
    List<String> options = flags();
    options.addAll(List.of("-cp", classPath(List.of(executor.code()))));
    return builder(executor, options, PoolSpec.getDefaultInstance());
  }

  private ProcessBuilder builder(ChildExecutor executor, List<String> options, PoolSpec spec) {
    List<String> line = new ArrayList<>();
    if (SETSID != null) {
      line.add(SETSID);
    }
    List<String> confinement = new ArrayList<>(executor.cgroup().prefix());
    confinement.addAll(isolation.prefix());
    line.addAll(confinement);
    Map<String, String> wanted = spec.getEnvironmentMap();
    if (!confinement.isEmpty() && !wanted.isEmpty()) {
      line.addAll(setting(wanted));
      wanted = Map.of();
    }
    line.add(JAVA.toString());
    line.addAll(options);
    line.add(Main.class.getName());
    line.addAll(List.of(socket.toString(), executor.mark(), Long.toString(leaseMillis)));
    line.addAll(List.of(executor.claims().toString(), doomed.toString()));
    ProcessBuilder builder = new ProcessBuilder(line);
    String directory = spec.getWorkingDirectory();
    builder.directory(
        directory.isEmpty() ? executor.workingDirectory().toFile() : new File(directory));
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    setEnvironment(builder.environment(), executor, wanted);
    return builder;
  }

  /**
   * Sets a pool's variables for the executor alone: what confines it may run with the worker's
   * rights, and must not run programs of the pool's path or load its libraries.
   */
  private static List<String> setting(Map<String, String> variables) {
    List<String> words = new ArrayList<>(List.of("env", "--"));
    variables.forEach(
        (name, value) -> {
          if (!name.equals(ProcessTree.MARK)) {
            words.add(name + "=" + value);
          }
        });
    return words;
  }

  private void setEnvironment(
      Map<String, String> environment, ChildExecutor executor, Map<String, String> wanted) {
    environment.clear();
    System.getenv()
        .forEach(
            (name, value) -> {
              if (INHERITED.contains(name) || name.startsWith("LC_")) {
                environment.put(name, value);
              }
            });
    isolation.setEnvironment(environment);
    environment.putAll(wanted);
    environment.put(ProcessTree.MARK, executor.mark());
  }
}
