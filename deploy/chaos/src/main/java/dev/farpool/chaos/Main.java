package dev.farpool.chaos;

import dev.farpool.chaos.kit.Network;
import dev.farpool.chaos.run.ChaosRun;
import dev.farpool.chaos.run.Progress;
import dev.farpool.chaos.run.Report;
import dev.farpool.chaos.run.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command of the chaos run. Exit code 0 if every promise was kept, 1 if not, 2 if it cannot
 * run.
 */
@Command(
    name = "deploy/chaos/run",
    mixinStandardHelpOptions = true,
    header = "Runs a cluster of real processes, breaks it on purpose, and checks what it did.",
    description = {
      "A coordinator, three workers and three clients, each in a network namespace of its own."
          + " Killed, stopped, cut off and slowed down by a schedule that the seed decides; then"
          + " healed, and held to every promise. Needs root and iproute2."
    },
    footer = {
      "Examples:",
      "  deploy/chaos/run --minutes 2 --tasks 20000",
      "  deploy/chaos/run --seed 42 --report report.md"
    })
final class Main implements Callable<Integer> {
  @Option(names = "--seed", description = "Decides on faults and tasks (default: the time).")
  private long seed = System.currentTimeMillis() % 1_000_000;

  @Option(
      names = "--minutes",
      defaultValue = "10",
      description = "For how long faults come (default: ${DEFAULT-VALUE}).")
  private int minutes;

  @Option(
      names = "--tasks",
      defaultValue = "100000",
      description = "How many tasks are submitted (default: ${DEFAULT-VALUE}).")
  private int tasks;

  @Option(names = "--smoke", description = "Some seconds only, to see that all of it works.")
  private boolean smoke;

  @Option(names = "--schedule", description = "Prints the faults of the seed and does nothing.")
  private boolean scheduleOnly;

  @Option(names = "--report", description = "A file for the report, besides standard output.")
  private Path report;

  @Option(names = "--distribution", required = true, description = "The distribution's directory.")
  private Path distribution;

  /** Runs it. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Settings settings = smoke ? Settings.smoke(seed) : Settings.usual(seed, minutes, tasks);
    try (Progress progress = Progress.of(settings, System.console() != null && !scheduleOnly)) {
      ChaosRun run = new ChaosRun(settings, distribution, progress);
      if (scheduleOnly) {
        run.schedule().faults().forEach(System.out::println);
        return 0;
      }
      Optional<String> missing = Network.missing();
      if (missing.isPresent()) {
        System.err.println("chaos: " + missing.get() + "; run as root, with iproute2 installed");
        return 2;
      }
      System.out.println("chaos: seed " + seed);
      return finish(run.run());
    }
  }

  private int finish(Report done) throws IOException {
    String text = done.markdown();
    System.out.println("\n" + text);
    if (report != null) {
      Files.writeString(report, text);
    }
    if (!done.isGood()) {
      System.err.println("chaos: promises were broken; --seed " + seed + " repeats the schedule");
    }
    return done.isGood() ? 0 : 1;
  }
}
