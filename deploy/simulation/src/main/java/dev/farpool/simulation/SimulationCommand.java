package dev.farpool.simulation;

import dev.farpool.simulation.fault.Profile;
import dev.farpool.simulation.shrink.Shrinker;
import dev.farpool.simulation.work.PoolPlan;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs simulations for a person: many seeds, or one to look at. */
@Command(
    name = "simulation",
    mixinStandardHelpOptions = true,
    description = "Runs coordinator, workers and clients in virtual time, under faults.",
    footer = "Exit codes: 0 nothing was found, 1 something was, 2 the command line was wrong.")
public final class SimulationCommand implements Callable<Integer> {
  @Option(names = "--seeds", paramLabel = "N", description = "How many seeds. Default: 2000.")
  private long seeds = 2000;

  @Option(names = "--from", paramLabel = "S", description = "The first of them. Default: 1.")
  private long from = 1;

  @Option(names = "--seed", paramLabel = "S", description = "Only this one, with what happened.")
  private Long seed;

  @Option(
      names = "--profile",
      paramLabel = "P",
      description = "${COMPLETION-CANDIDATES}. Default: what each seed chooses.")
  private Profile profile;

  @Option(names = "--shrink", description = "Make what fails as small as possible.")
  private boolean shrink;

  @Option(names = "--threads", paramLabel = "T", description = "Default: one for each core.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Spec private CommandSpec spec;

  private SimulationCommand() {}

  /** The command. */
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new SimulationCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    System.exit(line.execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    return seed == null ? campaign() : one(seed);
  }

  private int one(long number) {
    Verdict verdict = new Simulation(ScenarioMaker.make(number, profile)).run();
    out().println(verdict.isFine() ? fine(verdict) : shrunk(verdict).report());
    if (!verdict.isFine() && shrink) {
      describe(shrunk(verdict).scenario());
    }
    out().flush();
    return verdict.isFine() ? 0 : 1;
  }

  private static String fine(Verdict verdict) {
    return String.format(
        Locale.ROOT,
        "seed %d, profile %s: fine after %,d events and %.1f virtual seconds, hash %016x",
        verdict.scenario().seed(),
        verdict.scenario().profile().name().toLowerCase(Locale.ROOT),
        verdict.events(),
        verdict.virtualNanos() / 1e9,
        verdict.hash());
  }

  private Verdict shrunk(Verdict verdict) {
    return shrink ? Shrinker.shrink(verdict) : verdict;
  }

  private void describe(Scenario scenario) {
    out().println("shrunk to:");
    scenario.workers().forEach(out()::println);
    for (PoolPlan pool : scenario.pools()) {
      out().println(pool);
    }
    scenario.faults().forEach(out()::println);
  }

  private int campaign() throws InterruptedException {
    Campaign.Result result;
    try (ProgressBar bar = bar()) {
      result =
          Campaign.run(
              from,
              seeds,
              profile,
              threads,
              verdict -> {
                if (bar != null) {
                  bar.step();
                }
              });
    }
    result.failed().forEach(verdict -> out().println(shrunk(verdict).report() + "\n"));
    out().println(result.summary());
    out().flush();
    return result.failed().isEmpty() ? 0 : 1;
  }

  /** Null where nobody would see it. */
  @SuppressWarnings("SystemConsoleNull") // On newer Java the bar is printed to a file as well.
  private ProgressBar bar() {
    return System.console() == null
        ? null
        : new ProgressBarBuilder()
            .setTaskName("simulation")
            .setUnit(" seeds", 1)
            .setInitialMax(seeds)
            .build();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
