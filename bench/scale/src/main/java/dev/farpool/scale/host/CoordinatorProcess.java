package dev.farpool.scale.host;

import dev.farpool.common.HostPort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The coordinator of a distribution, and what it takes of the host. */
public final class CoordinatorProcess implements AutoCloseable {
  private static final String LISTENING = "listening on ";
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s*(\\d+) kB");
  private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");
  private static final String DELETED = " (deleted)";
  private static final long KIB = 1024;

  private final Child child;
  private final HostPort address;

  private CoordinatorProcess(Child child, HostPort address) {
    this.child = child;
    this.address = address;
  }

  /**
   * Starts it on a free port of the loopback.
   *
   * @param javaOptions for its JVM
   */
  public static CoordinatorProcess start(Path distribution, List<String> javaOptions)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            distribution.resolve("bin/farpool").toString(),
            "coordinator",
            "--listen",
            "127.0.0.1:0",
            "--console",
            "off");
    builder.environment().put("FARPOOL_JAVA_OPTS", String.join(" ", javaOptions));
    builder.environment().putIfAbsent("FARPOOL_LOG_LEVEL", "warn");
    Child child = new Child(builder);
    String line = child.readLine();
    while (!line.contains(LISTENING)) {
      line = child.readLine(); // Of the JVM itself, about the recording.
    }
    String at = line.substring(line.indexOf(LISTENING) + LISTENING.length());
    return new CoordinatorProcess(child, HostPort.parse(at));
  }

  /** Where it listens. */
  public HostPort address() {
    return address;
  }

  /** The process. */
  public ProcessHandle handle() {
    return child.handle();
  }

  /** Bytes of its memory that are resident. */
  public long residentBytes() throws IOException {
    String status = Files.readString(proc().resolve("status"));
    Matcher resident = RESIDENT.matcher(status);
    return resident.find() ? Long.parseLong(resident.group(1)) * KIB : 0;
  }

  /** Bytes in the files without a name that it has open: payload that went to disk. */
  public long spilledBytes() throws IOException {
    long sum = 0;
    try (Stream<Path> open = Files.list(proc().resolve("fd"))) {
      for (Path file : open.toList()) {
        sum += Files.exists(file) && isDeleted(file) ? Files.size(file) : 0;
      }
    }
    return sum;
  }

  private static boolean isDeleted(Path file) throws IOException {
    return Files.readSymbolicLink(file).toString().endsWith(DELETED);
  }

  private Path proc() {
    return Path.of("/proc", Long.toString(handle().pid()));
  }

  /** Bytes of its heap that are in use after a collection; empty where there is no jcmd. */
  public OptionalLong heapBytes() throws IOException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    if (!Files.isExecutable(jcmd)) {
      return OptionalLong.empty();
    }
    output(jcmd, "GC.run");
    Matcher used = USED.matcher(output(jcmd, "GC.heap_info"));
    return used.find()
        ? OptionalLong.of(Long.parseLong(used.group(1)) * KIB)
        : OptionalLong.empty();
  }

  private String output(Path jcmd, String command) throws IOException {
    Process process =
        new ProcessBuilder(jcmd.toString(), Long.toString(handle().pid()), command)
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    child.close();
  }
}
