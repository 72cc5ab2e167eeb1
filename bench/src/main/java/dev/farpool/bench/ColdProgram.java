package dev.farpool.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@link FirstResult} in a JVM of its own. */
final class ColdProgram {
  private static final long PATIENCE_SECONDS = 60;
  private static final int FIRST_TO_WARN_OF_NATIVE_CODE = 24;

  private ColdProgram() {}

  /**
   * Runs it to its end.
   *
   * @param options for its JVM
   * @return nanoseconds from nothing to its result
   */
  static long nanosToResult(int processes, List<String> options) throws InterruptedException {
    long begin = System.nanoTime();
    Process program = start(processes, options);
    CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .execute(program::destroyForcibly);
    awaitResult(program);
    long end = System.nanoTime();
    program.waitFor();
    return end - begin;
  }

  /** Whatever else it prints comes before the result and tells why there is none. */
  private static void awaitResult(Process program) {
    StringJoiner other = new StringJoiner("; ");
    try {
      BufferedReader output = program.inputReader();
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.equals(FirstResult.PRINTED)) {
          return;
        }
        other.add(line);
      }
    } catch (IOException unreadable) {
      other.add(unreadable.getMessage());
    }
    throw new IllegalStateException("a new program gave no result: " + other);
  }

  private static Process start(int processes, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= FIRST_TO_WARN_OF_NATIVE_CODE) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-Xlog:cds=off"); // Making an archive, it tells what it leaves out.
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(FirstResult.class.getName(), Integer.toString(processes)));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("FARPOOL_COORDINATOR");
    try {
      return builder.start();
    } catch (IOException failed) {
      throw new IllegalStateException("cannot start a program: " + failed.getMessage(), failed);
    }
  }
}
