package dev.farpool.bench;

import dev.farpool.Pool;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program and a cluster of its own, from nothing to the first result. */
final class Cold implements Workload {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final long PATIENCE_SECONDS = 60;
  private static final int FIRST_TO_WARN_OF_NATIVE_CODE = 24;

  @Override
  public String name() {
    return "cold";
  }

  @Override
  public String title() {
    return "new JVM with a cluster of its own to its first result";
  }

  @Override
  public int defaultTasks(int processes) {
    return 1;
  }

  @Override
  public boolean runsOnRunningClusters() {
    return false;
  }

  @Override
  public List<Figure> round(Rig rig, Pool pool, int tasks) throws InterruptedException {
    List<Figure> times = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      times.add(new Figure("time", "ms", startNanos(rig.processes()) / NANOS_PER_MILLI));
    }
    return List.of(new Figure("time", "ms", Summary.of(name(), times).median()));
  }

  private static long startNanos(int processes) throws InterruptedException {
    long begin = System.nanoTime();
    Process program = start(processes);
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

  private static Process start(int processes) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= FIRST_TO_WARN_OF_NATIVE_CODE) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
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
