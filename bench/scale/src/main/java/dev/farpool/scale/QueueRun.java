package dev.farpool.scale;

import dev.farpool.scale.client.Load;
import dev.farpool.scale.client.LoadFigures;
import dev.farpool.scale.client.StatusProbe;
import dev.farpool.scale.host.CoordinatorProcess;
import dev.farpool.scale.host.CrewProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** A queue of a given length, filled before there is any worker, then handed out for some time. */
final class QueueRun {
  private static final double MIB = 1 << 20;
  private static final double NANOS = 1e9;
  private static final int POLL_MILLIS = 10;
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final Settings settings;
  private final List<Figure> figures = new ArrayList<>();

  QueueRun(Settings settings) {
    this.settings = settings;
  }

  /**
   * Runs it; what still waits at the end goes with its coordinator.
   *
   * @throws IllegalStateException if something cannot go on
   */
  List<Figure> run() throws IOException, InterruptedException {
    try (CoordinatorProcess coordinator =
        CoordinatorProcess.start(settings.distribution(), settings.coordinatorOptions())) {
      OptionalLong before = coordinator.heapBytes();
      long begin = System.nanoTime();
      try (Load load = Load.start(coordinator.address(), settings.load())) {
        LoadFigures filled = fill(load, begin);
        add("accepted", filled.accepted() * NANOS / (System.nanoTime() - begin), "/s");
        memory(coordinator, before, filled.accepted());
        handOut(coordinator, load);
      }
    }
    return figures;
  }

  private LoadFigures fill(Load load, long begin) throws InterruptedException {
    LoadFigures now = load.figures();
    while (now.accepted() < settings.waiting()) {
      if (System.nanoTime() - begin > PATIENCE_NANOS) {
        throw new IllegalStateException("only " + now.accepted() + " tasks were accepted");
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      now = load.figures();
    }
    return now;
  }

  private void memory(CoordinatorProcess coordinator, OptionalLong before, long tasks)
      throws IOException {
    double payload = (double) tasks * settings.payload();
    double spilled = coordinator.spilledBytes();
    add("payload", payload / MIB, "MiB");
    add("payload on disk", spilled / MIB, "MiB");
    OptionalLong after = coordinator.heapBytes();
    if (before.isPresent() && after.isPresent()) {
      double heap = after.getAsLong() - before.getAsLong();
      add("heap taken", heap / MIB, "MiB");
      add("heap for a task beyond its payload", (heap - payload + spilled) / tasks, "bytes");
    }
    add("resident memory", coordinator.residentBytes() / MIB, "MiB");
  }

  private void handOut(CoordinatorProcess coordinator, Load load)
      throws IOException, InterruptedException {
    try (CrewProcess crew =
            CrewProcess.start(settings.crew().withAddress(coordinator.address().toString()));
        StatusProbe probe = new StatusProbe(coordinator.address())) {
      TimeUnit.SECONDS.sleep(settings.warmUp());
      probe.begin();
      Window window = Window.over(settings.seconds(), coordinator, crew);
      add("handed out", window.startsPerSecond(), "/s");
      add("processor time of the coordinator for a start", window.microsPerStart(), "us");
      add("cores in use by the coordinator", window.coordinatorCpu() / window.seconds(), "cores");
      add("fewest tasks seen waiting", (double) probe.leastWaiting(), "");
      LoadFigures end = load.figures();
      add("requests refused for want of room", (double) end.refused(), "");
      figures.add(Figure.never(name("results that came twice"), end.twice()));
      figures.add(Figure.never(name("tasks that failed"), end.failed()));
      figures.add(Figure.none(name("workers lost"), window.crew().broken()));
      coordinator.close(); // Before the others, or it would warn of every connection that breaks.
    }
  }

  private void add(String name, double value, String unit) {
    figures.add(Figure.of(name(name), value, unit));
  }

  private String name(String what) {
    return String.format("%,d: %s", settings.waiting(), what);
  }
}
