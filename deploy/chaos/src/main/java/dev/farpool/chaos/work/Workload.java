package dev.farpool.chaos.work;

import dev.farpool.Cluster;
import dev.farpool.Pool;
import dev.farpool.TaskOptions;
import dev.farpool.chaos.history.Event.Guarantee;
import dev.farpool.chaos.history.Event.Kind;
import dev.farpool.chaos.history.HistoryFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A client program: submits tasks in several ways, joins its pool, and writes down what it got. */
@Command(name = "workload")
public final class Workload implements Callable<Integer> {
  private static final int MAX_ATTEMPTS = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Option(names = "--name", required = true, description = "Its name, without a dash.")
  private String name;

  @Option(names = "--history", required = true, description = "The file that events go to.")
  private Path history;

  @Option(names = "--tasks", required = true, description = "How many tasks to submit.")
  private int tasks;

  @Option(names = "--rate", description = "How many tasks a second at most; 0: no limit.")
  private int rate;

  @Option(names = "--window", description = "How many tasks may be unfinished at a time.")
  private int window = 2000;

  @Option(names = "--processes", description = "The processes of its pool.")
  private int processes = 4;

  @Option(names = "--longest", description = "No task takes longer, in milliseconds.")
  private int longest = Integer.MAX_VALUE;

  @Option(names = "--seed", description = "Decides on kinds and times of tasks.")
  private long seed;

  @Option(names = "--at-most-once", description = "Never starts a task's code twice.")
  private boolean atMostOnce;

  @Option(names = "--leave", description = "Exits without closing anything, all submitted.")
  private boolean leave;

  /** Runs it; exit code 0 if the pool was joined. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Workload()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    try (HistoryFile events = HistoryFile.open(history);
        Cluster cluster =
            Cluster.builder().connectTimeout(PATIENCE).reconnectTimeout(PATIENCE).connect()) {
      Pool pool = cluster.newPool().name(name).processes(processes).taskOptions(options()).build();
      System.out.println("workload " + name + ": begun");
      Ledger ledger = new Ledger(events, guarantee(), window, rate);
      Submitter submitter = new Submitter(pool, ledger, this::assignment, new Random(seed));
      submitter.submit(tasks);
      if (leave) {
        System.exit(0);
      }
      submitter.awaitStreams();
      pool.close();
      pool.join();
      ledger.awaitEmpty();
      events.add(Kind.JOINED, name, "");
      System.out.println("workload " + name + ": joined");
    }
    return 0;
  }

  private TaskOptions options() {
    // What runs into many faults is tried as often as it takes: no fault may show in its result.
    return atMostOnce
        ? TaskOptions.DEFAULTS.atMostOnce()
        : TaskOptions.DEFAULTS.withMaxAttempts(MAX_ATTEMPTS);
  }

  private Guarantee guarantee() {
    return atMostOnce ? Guarantee.AT_MOST_ONCE : Guarantee.AT_LEAST_ONCE;
  }

  private Assignment assignment(int number, Random random) {
    return new Assignment(history.toString(), name + "-" + number, Durations.draw(random, longest));
  }
}
