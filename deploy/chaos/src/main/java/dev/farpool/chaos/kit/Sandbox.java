package dev.farpool.chaos.kit;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs the distribution with a temporary directory of its own.
 *
 * <p>Its path is in the environment of every process started in it, also of executors, so what is
 * left behind can be found: processes as well as files.
 */
public final class Sandbox {
  /**
   * Where a coordinator listens that comes back to the same port: no other process of a test takes
   * a port of this address meanwhile.
   */
  public static final String LASTING = "127.0.0.2:0";

  /** Children start fast and stay small, for many of them share a machine. */
  private static final String SMALL = " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m";

  private final Path home;
  private final Path directory;
  private final List<Launched> launched = new ArrayList<>();

  /** With the distribution that the system property {@code farpool.distribution} names. */
  public Sandbox() throws IOException {
    this(Path.of(System.getProperty("farpool.distribution")));
  }

  /** With a distribution of choice. */
  public Sandbox(Path home) throws IOException {
    this.home = home;
    // Short, for Unix sockets live in it.
    directory = Files.createTempDirectory(Path.of("/tmp"), "fp");
  }

  /** Where the distribution is. */
  public Path home() {
    return home;
  }

  /** The temporary directory. */
  public Path directory() {
    return directory;
  }

  /** Starts the farpool command. */
  public Launched farpool(String... arguments) throws IOException {
    return farpool(Place.HERE, arguments);
  }

  /** Starts the farpool command somewhere else. */
  public Launched farpool(Place place, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/farpool").toString()));
    command.addAll(List.of(arguments));
    return launch(place, command, Map.of());
  }

  /** Starts an example program against a coordinator. */
  public Launched example(String coordinator, String name, String... arguments) throws IOException {
    return program(Place.HERE, coordinator, "dev.farpool.examples." + name, arguments);
  }

  /** Starts a program that has the distribution and this module on its class path. */
  public Launched program(Place place, String coordinator, String main, String... arguments)
      throws IOException {
    return launch(
        place, java(thisModule(), main, arguments), Map.of("FARPOOL_COORDINATOR", coordinator));
  }

  /** Starts a program that has the distribution and these classes on its class path. */
  public Launched program(
      Path classes, Map<String, String> environment, String main, String... arguments)
      throws IOException {
    return launch(java(classes, main, arguments), environment);
  }

  private List<String> java(Path classes, String main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + directory,
                "-XX:SharedArchiveFile=" + home.resolve("farpool.jsa"), // Passed over if missing.
                "-Xlog:cds=off",
                "-Dio.grpc.netty.shaded.io.netty.jfr.enabled=false", // As in the launcher.
                "-cp",
                // The archive is for class paths that begin with the distribution's.
                home.resolve("lib") + "/*" + File.pathSeparator + classes));
    command.addAll(List.of(SMALL.strip().split(" ")));
    command.add(main);
    command.addAll(List.of(arguments));
    return command;
  }

  /** Starts any program, without input. */
  public Launched launch(List<String> command, Map<String, String> environment) throws IOException {
    return launch(Place.HERE, command, environment);
  }

  private Launched launch(Place place, List<String> command, Map<String, String> environment)
      throws IOException {
    return start(place, command, environment).withoutInput();
  }

  /** Starts a proxy in front of an address; it takes its orders from {@link Launched#tell}. */
  public Launched proxy(Place place, String listen, String target, long seed) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            thisModule() + File.pathSeparator + home.resolve("lib") + "/*",
            ProxyMain.class.getName(),
            listen,
            target,
            Long.toString(seed));
    return start(place, command, Map.of());
  }

  private Launched start(Place place, List<String> command, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(place.command(command));
    builder.environment().keySet().removeIf(name -> name.startsWith("FARPOOL_"));
    builder.environment().put("TMPDIR", directory.toString());
    builder.environment().put("FARPOOL_CONSOLE", "off"); // Its usual port is taken by one only.
    builder.environment().put("FARPOOL_JAVA_OPTS", "-Djava.io.tmpdir=" + directory + SMALL);
    builder.environment().putAll(environment);
    Launched process = new Launched(builder);
    synchronized (launched) {
      launched.add(process);
    }
    return process;
  }

  /** Starts a coordinator on a free port, waits until it is ready and gives its address. */
  public String coordinator(String... options) throws IOException, InterruptedException {
    return address(coordinator(Place.HERE, "127.0.0.1:0", options));
  }

  /** Starts a coordinator and waits until it is ready. */
  public Launched coordinator(Place place, String listen, String... options)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("coordinator", "--listen", listen));
    arguments.addAll(List.of(options));
    Launched coordinator = farpool(place, arguments.toArray(String[]::new));
    address(coordinator);
    return coordinator;
  }

  /** Where a coordinator listens. */
  public static String address(Launched coordinator) throws InterruptedException {
    return coordinator.awaitLine("farpool coordinator: listening on (.*)").group(1);
  }

  /** Starts a worker and waits until it is attached. */
  public Launched worker(String coordinator, String name, int cores, String... options)
      throws IOException, InterruptedException {
    Launched worker = workerOn(Place.HERE, coordinator, name, cores, options);
    worker.awaitLine(
        "farpool worker " + name + ": " + cores + " cores?, attached to " + coordinator);
    return worker;
  }

  /** Starts a worker and does not wait. */
  public Launched workerOn(
      Place place, String coordinator, String name, int cores, String... options)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("worker", "--coordinator", coordinator, "--name", name, "--cores"));
    arguments.add(Integer.toString(cores));
    arguments.addAll(List.of(options));
    return farpool(place, arguments.toArray(String[]::new));
  }

  /** The processes that are still there after a while, by their command lines. */
  public List<String> processesLeft() throws IOException, InterruptedException {
    return Remains.awaitEnd(directory);
  }

  /** Waits a while for all processes to be gone, and then looks for files. */
  public void assertNothingLeft() throws IOException, InterruptedException {
    List<String> processes = Remains.awaitEnd(directory);
    if (!processes.isEmpty()) {
      throw new AssertionError("still there: " + processes);
    }
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> left = files.filter(file -> !file.equals(directory)).toList();
      if (!left.isEmpty()) {
        throw new AssertionError("still there: " + left);
      }
    }
  }

  /** Kills what still runs and deletes the directory. */
  public void close() throws IOException, InterruptedException {
    synchronized (launched) {
      launched.forEach(Launched::close);
    }
    Remains.awaitEnd(directory);
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static Path thisModule() {
    try {
      return Path.of(Sandbox.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException malformed) {
      throw new IllegalStateException("cannot tell where this module is", malformed);
    }
  }
}
