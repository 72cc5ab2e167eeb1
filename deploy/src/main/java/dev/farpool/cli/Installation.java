package dev.farpool.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The distribution this process runs from.
 *
 * @param home the directory that holds {@code bin} and {@code lib}
 */
record Installation(Path home) {
  private static final String PROPERTY = "farpool.home";
  private static final int FIRST_TO_WARN_OF_NATIVE_CODE = 24;

  /**
   * The one the launcher named.
   *
   * @throws CommandException if this process was not started by the launcher
   */
  static Installation find() {
    String home = System.getProperty(PROPERTY, "");
    if (home.isEmpty() || !Files.isExecutable(Path.of(home, "bin", "farpool"))) {
      throw CommandException.failed(
          "this needs the distribution; run it as bin/farpool, or as deploy/farpool in the tree");
    }
    return new Installation(Path.of(home));
  }

  /** How to start a subcommand. */
  String launcher() {
    return home.resolve("bin").resolve("farpool").toString();
  }

  /** How to start a Java program that uses the client library and the examples. */
  List<String> java(String mainClass) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    if (Runtime.version().feature() >= FIRST_TO_WARN_OF_NATIVE_CODE) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", home.resolve("lib") + File.separator + "*", mainClass));
    return command;
  }
}
