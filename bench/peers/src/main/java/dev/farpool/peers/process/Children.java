package dev.farpool.peers.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * The processes of one peer, with a directory for their files. Whatever of them still runs at the
 * end is stopped, the last one first; also when this process is told to stop.
 */
public final class Children implements AutoCloseable {
  private final Deque<Child> children = new ArrayDeque<>();
  private final Path directory;
  private final Thread atExit = new Thread(this::stop, "stops the peers");
  private boolean stopped;

  /** None yet. */
  public Children() throws IOException {
    directory = Files.createTempDirectory("peers-");
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Where they may keep files; deleted at the end. */
  public Path directory() {
    return directory;
  }

  /** Starts a process. */
  public synchronized Child start(String name, List<String> command) throws IOException {
    if (stopped) {
      throw new IllegalStateException("told to stop");
    }
    Path errors = Files.createTempFile(directory, name, ".err");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(errors.toFile())
            .start();
    Child child = new Child(name, process, errors);
    children.push(child);
    return child;
  }

  /** Starts a main class of this build in a JVM of its own. */
  public Child startJava(String name, List<String> options, Class<?> main, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), main.getName()));
    command.addAll(arguments);
    return start(name, command);
  }

  /** With places that mean the same in another directory. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(place -> Path.of(place).toAbsolutePath().toString())
        .reduce((left, right) -> left + File.pathSeparator + right)
        .orElseThrow();
  }

  private synchronized void stop() {
    stopped = true;
    while (!children.isEmpty()) {
      children.pop().stop();
    }
    deleteDirectory();
  }

  private void deleteDirectory() {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException gone) {
      // It was deleted before.
    }
  }

  @Override
  public void close() {
    stop();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException exiting) {
      // The hook finds nothing left to do.
    }
  }
}
