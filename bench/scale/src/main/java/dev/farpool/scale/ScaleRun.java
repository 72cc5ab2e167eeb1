package dev.farpool.scale;

import dev.farpool.scale.client.Load;
import dev.farpool.scale.client.LoadFigures;
import dev.farpool.scale.client.StatusProbe;
import dev.farpool.scale.crew.CrewFigures;
import dev.farpool.scale.host.CoordinatorProcess;
import dev.farpool.scale.host.CrewProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Many workers on one coordinator, with a queue that never runs dry; then all is drained. */
final class ScaleRun {
  private static final double MIB = 1 << 20;
  private static final double KIB = 1 << 10;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MILLIS_PER_SECOND = 1e3;
  private static final long STARTS = 100_000;
  private static final long STATUS_MILLIS = 100;
  private static final long REGISTRATION_SECONDS = 60;
  private static final int DRAIN_SECONDS = 300;

  private final Settings settings;
  private final List<Figure> figures = new ArrayList<>();

  ScaleRun(Settings settings) {
    this.settings = settings;
  }

  /**
   * Runs it.
   *
   * @throws IllegalStateException if something cannot go on
   */
  List<Figure> run() throws IOException, InterruptedException {
    try (CoordinatorProcess coordinator =
        CoordinatorProcess.start(settings.distribution(), settings.coordinatorOptions())) {
      long resident = coordinator.residentBytes();
      OptionalLong heap = coordinator.heapBytes();
      try (StatusProbe probe = new StatusProbe(coordinator.address());
          CrewProcess crew =
              CrewProcess.start(settings.crew().withAddress(coordinator.address().toString()))) {
        registered(crew, probe);
        perWorker(coordinator, resident, heap);
        load(coordinator, crew, probe);
      }
    }
    return figures;
  }

  /** All have come at once to a coordinator whose code was not compiled yet. */
  private void registered(CrewProcess crew, StatusProbe probe) throws IOException {
    double seconds = crew.figures().registeredMillis() / MILLIS_PER_SECOND;
    figures.add(Figure.atMost("all workers registered after", seconds, "s", REGISTRATION_SECONDS));
    double greatest = probe.times().getMaxValue() / NANOS_PER_MILLI;
    figures.add(Figure.atMost("status meanwhile, greatest", greatest, "ms", STATUS_MILLIS));
  }

  private void perWorker(CoordinatorProcess coordinator, long resident, OptionalLong heap)
      throws IOException {
    int workers = settings.crew().workers();
    OptionalLong now = coordinator.heapBytes();
    if (heap.isPresent() && now.isPresent()) {
      double bytes = now.getAsLong() - heap.getAsLong();
      figures.add(Figure.of("heap for an idle worker", bytes / workers / KIB, "KiB"));
    }
    double more = coordinator.residentBytes() - resident;
    figures.add(Figure.of("resident memory for an idle worker", more / workers / KIB, "KiB"));
  }

  private void load(CoordinatorProcess coordinator, CrewProcess crew, StatusProbe probe)
      throws IOException, InterruptedException {
    try (Load load = Load.start(coordinator.address(), settings.load())) {
      TimeUnit.SECONDS.sleep(settings.warmUp());
      probe.begin();
      Window window = Window.over(settings.seconds(), coordinator, crew);
      starts(window);
      figures.add(Figure.count("fewest tasks seen waiting", probe.leastWaiting()));
      heartbeats(window, probe.leastActive());
      status(probe.times());
      figures.add(Figure.of("resident memory", coordinator.residentBytes() / MIB, "MiB"));
      drained(drain(load));
      coordinator.close(); // Before the others, or it would warn of every connection that breaks.
    }
  }

  private void starts(Window window) {
    double starts = window.startsPerSecond();
    figures.add(Figure.atLeast("starts", starts, "/s", STARTS));
    figures.add(
        Figure.of("processor time of the coordinator for a start", window.microsPerStart(), "us"));
    cores("coordinator", window.coordinatorCpu(), window);
    cores("workers", window.crewCpu(), window);
    cores("client", window.clientCpu(), window);
    figures.add(Figure.of("messages from workers", window.crew().sent() / window.seconds(), "/s"));
    figures.add(
        Figure.of("messages to workers", window.crew().received() / window.seconds(), "/s"));
    figures.add(Figure.of("starts for a message of a worker", starts(window.crew()), ""));
  }

  private static double starts(CrewFigures crew) {
    return crew.starts() / (double) Math.max(1, crew.sent());
  }

  private void cores(String who, double cpu, Window window) {
    figures.add(Figure.of("cores in use by the " + who, cpu / window.seconds(), "cores"));
  }

  private void heartbeats(Window window, long leastActive) {
    figures.add(Figure.count("heartbeats answered", window.crew().heartbeats()));
    figures.add(Figure.of("heartbeat to answer, p50", window.crew().heartbeatP50(), "ms"));
    figures.add(Figure.of("heartbeat to answer, p99", window.crew().heartbeatP99(), "ms"));
    figures.add(Figure.of("heartbeat to answer, greatest", window.crew().heartbeatMax(), "ms"));
    figures.add(
        Figure.atLeast(
            "fewest workers seen active",
            (double) leastActive,
            "workers",
            settings.crew().workers()));
    figures.add(Figure.none("workers lost", window.crew().broken()));
    figures.add(Figure.none("leases that ran out", window.crew().leasesOver()));
  }

  private void status(Histogram times) {
    figures.add(Figure.of("status, p50", millis(times, 50), "ms"));
    figures.add(Figure.atMost("status, p99", millis(times, 99), "ms", STATUS_MILLIS));
    figures.add(Figure.of("status, greatest", times.getMaxValue() / NANOS_PER_MILLI, "ms"));
  }

  private static double millis(Histogram times, double percent) {
    return times.getValueAtPercentile(percent) / NANOS_PER_MILLI;
  }

  private static LoadFigures drain(Load load) throws InterruptedException {
    load.stop();
    LoadFigures now = load.figures();
    for (int i = 0; i < DRAIN_SECONDS && now.delivered() < now.accepted(); i++) {
      TimeUnit.SECONDS.sleep(1);
      now = load.figures();
    }
    return now;
  }

  private void drained(LoadFigures load) {
    figures.add(Figure.count("tasks accepted", load.accepted()));
    figures.add(Figure.never("tasks without a result", load.accepted() - load.delivered()));
    figures.add(Figure.never("results that came twice", load.twice()));
    figures.add(Figure.never("tasks that failed", load.failed()));
  }
}
