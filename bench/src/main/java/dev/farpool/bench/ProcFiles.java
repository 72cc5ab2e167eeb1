package dev.farpool.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * What Linux tells about processes in files.
 *
 * @param root {@code /proc}
 */
record ProcFiles(Path root) {
  private static final String PEAK = "VmHWM:";

  static ProcFiles ofThisSystem() {
    return new ProcFiles(Path.of("/proc"));
  }

  /** The most memory a process ever had resident; empty where the system does not tell. */
  OptionalLong peakKib(long pid) {
    try {
      return Files.readAllLines(status(Long.toString(pid))).stream()
          .filter(line -> line.startsWith(PEAK))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst();
    } catch (IOException untold) {
      return OptionalLong.empty();
    }
  }

  /** Why there may be no peak. */
  String reason() {
    return status("PID") + " does not tell it";
  }

  private Path status(String pid) {
    return root.resolve(pid).resolve("status");
  }
}
