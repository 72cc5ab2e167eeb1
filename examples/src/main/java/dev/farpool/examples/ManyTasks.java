package dev.farpool.examples;

import dev.farpool.AsyncResult;
import dev.farpool.Pool;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * Many more tasks than processes: all run, in the order of their numbers, and never more at a time
 * than the pool allows.
 *
 * <pre>
 * java -cp 'lib/*' dev.farpool.examples.ManyTasks [TASKS [PROCESSES [MILLISECONDS]]]
 * </pre>
 *
 * Without arguments 40 tasks of 100 ms each run on 2 processes.
 */
public final class ManyTasks {
  private ManyTasks() {}

  /** When a task ran and where. */
  private record Run(int number, long pid, Instant start, Instant end) implements Serializable {}

  /** Runs the example. */
  public static void main(String[] args) throws InterruptedException, ExecutionException {
    int tasks = argument(args, 0, 40);
    int processes = argument(args, 1, 2);
    int millis = argument(args, 2, 100);

    Pool pool = new Pool(processes);
    List<AsyncResult<Run>> results = new ArrayList<>();
    for (int i = 1; i <= tasks; i++) {
      int number = i;
      results.add(pool.applyAsync(() -> run(number, millis)));
    }
    pool.close();
    pool.join();

    List<Run> runs = new ArrayList<>();
    for (AsyncResult<Run> result : results) {
      runs.add(result.get());
    }
    System.out.printf(
        "%d tasks ran on %d processes, at most %d at a time%n",
        runs.size(), runs.stream().map(Run::pid).distinct().count(), mostAtATime(runs));
  }

  private static Run run(int number, int millis) throws InterruptedException {
    Instant start = Instant.now();
    System.out.println("task " + number);
    Thread.sleep(millis);
    return new Run(number, ProcessHandle.current().pid(), start, Instant.now());
  }

  /** The most runs that overlap; clocks of one machine are compared, those of many only roughly. */
  private static long mostAtATime(List<Run> runs) {
    return runs.stream()
        .map(Run::start)
        .mapToLong(
            now ->
                runs.stream()
                    .filter(run -> !run.start().isAfter(now) && run.end().isAfter(now))
                    .count())
        .max()
        .orElse(0);
  }

  private static int argument(String[] args, int position, int otherwise) {
    return args.length > position ? Integer.parseInt(args[position]) : otherwise;
  }
}
