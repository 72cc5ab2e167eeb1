package dev.farpool.scale;

import dev.farpool.scale.crew.CrewPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command of the bench of scale. Exit code 0 if it ran, whatever the rates, 1 if a task was
 * lost or came twice, 2 if the command line was wrong.
 */
@Command(
    name = "bench/scale/run",
    mixinStandardHelpOptions = true,
    header = "Measures what one coordinator bears.",
    description = {
      "Starts a coordinator of the distribution, simulated workers in another JVM that speak the"
          + " real protocol, and a client that keeps the queue filled. With --queue, the queue is"
          + " filled before there are workers, once with a few tasks and once with as many as"
          + " asked for."
    },
    footer = {
      "Examples:",
      "  bench/scale/run --workers 1000 --cores 64 --seconds 30",
      "  bench/scale/run --queue 10000000 --payload 100 --heap 2g",
      "  bench/scale/run --seconds 60 --profile coordinator.jfr"
    })
final class Main implements Callable<Integer> {
  @Option(
      names = "--workers",
      defaultValue = "1000",
      description = "How many workers (default: ${DEFAULT-VALUE}).")
  private int workers;

  @Option(
      names = "--cores",
      defaultValue = "64",
      description = "Cores of each worker (default: ${DEFAULT-VALUE}).")
  private int cores;

  @Option(
      names = "--seconds",
      defaultValue = "30",
      description = "For how long to measure (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "10",
      description = "Seconds before that (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--pools",
      defaultValue = "1",
      description = "Over how many pools the tasks are spread (default: ${DEFAULT-VALUE}).")
  private int pools;

  @Option(
      names = "--task-millis",
      defaultValue = "500",
      description = "How long a task runs, give or take a fifth (default: ${DEFAULT-VALUE}).")
  private double taskMillis;

  @Option(
      names = "--connections",
      defaultValue = "0",
      description = "How many connections the workers share; 0: one each (default).")
  private int connections;

  @Option(
      names = "--unacknowledged",
      description =
          "How many messages of a worker may be on their way, heartbeats apart; what ends meanwhile"
              + " gathers (default: no bound, as real workers do).")
  private int unacknowledged = Integer.MAX_VALUE;

  @Option(
      names = "--waiting",
      defaultValue = "2000000",
      description =
          "How many tasks wait at any time, prefetched ones included (default: ${DEFAULT-VALUE}).")
  private int waiting;

  @Option(names = "--queue", description = "Fills a queue of this length first, without workers.")
  private Integer queue;

  @Option(
      names = "--against",
      defaultValue = "2000000",
      description =
          "The queue to compare with, long enough not to run dry (default: ${DEFAULT-VALUE}).")
  private int against;

  @Option(
      names = "--payload",
      defaultValue = "100",
      description = "Bytes of a task's argument (default: ${DEFAULT-VALUE}).")
  private int payload;

  @Option(
      names = "--heap",
      description = "The coordinator's heap, for example 2g (default: the JVM's choice).")
  private String heap;

  @Option(names = "--profile", description = "A file for a flight recording of the coordinator.")
  private Path profile;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Option(names = "--distribution", required = true, description = "The distribution's directory.")
  private Path distribution;

  /** Runs it. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Report report = new Report(title(), queue == null ? scale() : queues());
    System.out.println(json ? report.toJson() : report.toText());
    return report.isSound() ? 0 : 1;
  }

  private List<Figure> scale() throws IOException, InterruptedException {
    return new ScaleRun(settings(waiting)).run();
  }

  private List<Figure> queues() throws IOException, InterruptedException {
    List<Figure> figures = new ArrayList<>(new QueueRun(settings(against)).run());
    figures.addAll(new QueueRun(settings(queue)).run());
    return figures;
  }

  private Settings settings(int waitingTasks) {
    CrewPlan crew = new CrewPlan("", workers, cores, taskMillis, 0.2, connections, unacknowledged);
    return new Settings(
        distribution,
        crew,
        pools,
        warmUp,
        seconds,
        waitingTasks,
        payload,
        Optional.ofNullable(heap),
        Optional.ofNullable(profile));
  }

  private String title() {
    return String.format(
        "%,d workers of %d cores, tasks of %.0f ms with %d bytes, %s, %d pools; this machine has %d"
            + " cores, Java %s",
        workers,
        cores,
        taskMillis,
        payload,
        connections == 0 ? "a connection each" : connections + " connections",
        pools,
        Runtime.getRuntime().availableProcessors(),
        Runtime.version().feature());
  }
}
