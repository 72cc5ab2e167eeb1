package dev.farpool.peers;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Finds an interpreter that has what is needed. */
final class Python {
  /** Debian's packages belong to its own interpreter, which another may hide. */
  private static final List<String> INTERPRETERS = List.of("python3", "/usr/bin/python3");

  private static final long LIMIT_SECONDS = 60;

  private Python() {}

  /** The first that imports these modules, or nothing. */
  static Optional<String> with(String modules) {
    return INTERPRETERS.stream()
        .filter(interpreter -> succeeds(interpreter, "-c", "import " + modules))
        .findFirst();
  }

  /** Whether there is such a program and it ends well. */
  static boolean succeeds(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        return process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException notThere) {
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
