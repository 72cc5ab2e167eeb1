package dev.farpool.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The archive of classes of an installation, class data sharing as the JVM calls it. The launcher
 * names it to every JVM where it is there.
 */
final class ClassArchive {
  private static final String NAME = "farpool.jsa";
  private static final String LIST_ENDING = ".classes";

  private final Installation installation;

  ClassArchive(Installation installation) {
    this.installation = installation;
  }

  /** The environment in which each JVM lists the classes it loads in a file of a directory. */
  static Map<String, String> listedIn(Path directory) {
    String listed = "-XX:DumpLoadedClassList=" + directory.resolve("%p" + LIST_ENDING);
    return Map.of("FARPOOL_JAVA_OPTS", "-XX:TieredStopAtLevel=1 " + listed); // They end soon.
  }

  /** Where it is. */
  Path file() {
    return installation.home().resolve(NAME);
  }

  /**
   * Before the work begins.
   *
   * @throws CommandException if this user may not write there
   */
  void checkWritable() {
    if (!Files.isWritable(installation.home())) {
      throw CommandException.failed(
          installation.home()
              + " cannot be written to; run this as the user who installed farpool");
    }
  }

  /**
   * Makes it of the lists in a directory, and gives its size in bytes. An older one is replaced in
   * one step; JVMs that share it go on with it.
   */
  long make(Path lists) throws IOException, InterruptedException {
    Path list = Files.write(lists.resolve("all"), listed(lists).lines());
    Path made = installation.home().resolve(NAME + "." + ProcessHandle.current().pid());
    try {
      dump(list, made);
      Files.move(made, file(), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(made);
    }
    return Files.size(file());
  }

  private static ClassList listed(Path lists) throws IOException {
    ClassList all = new ClassList();
    try (Stream<Path> files = Files.list(lists)) {
      for (Path file : files.filter(name -> name.toString().endsWith(LIST_ENDING)).toList()) {
        Files.readAllLines(file).forEach(all::add);
      }
    }
    return all;
  }

  private void dump(Path list, Path made) throws IOException, InterruptedException {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:dump",
                "-XX:SharedClassListFile=" + list,
                "-XX:SharedArchiveFile=" + made,
                "-cp",
                installation.home().resolve("lib") + File.separator + "*")
            .redirectErrorStream(true)
            .start();
    java.getOutputStream().close();
    String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (java.waitFor() != 0 || !Files.exists(made)) {
      throw CommandException.failed("this Java cannot make an archive of classes: " + said.strip());
    }
  }
}
