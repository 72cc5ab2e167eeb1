package dev.farpool.chaos.run;

import dev.farpool.chaos.history.Checker;
import dev.farpool.chaos.history.History;
import dev.farpool.chaos.history.HistoryFile;
import dev.farpool.chaos.history.Promise;
import dev.farpool.chaos.history.Rules;
import dev.farpool.chaos.history.Violation;
import dev.farpool.chaos.kit.Launched;
import dev.farpool.chaos.schedule.Fault;
import dev.farpool.chaos.schedule.Schedule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/** One run: start, disturb, heal, wait for the end, check. */
public final class ChaosRun {
  private static final Duration OVERLAP = Duration.ofMillis(500);
  private static final Duration FINISH = Duration.ofMinutes(5);

  private final Settings settings;
  private final Schedule schedule;
  private final Path distribution;
  private final Progress progress;
  private final List<Violation> violations = new ArrayList<>();

  /**
   * @param distribution the directory of the built distribution
   */
  public ChaosRun(Settings settings, Path distribution, Progress progress) {
    this.settings = settings;
    this.schedule =
        Schedule.draw(
            settings.seed(),
            settings.targets(),
            settings.firstFaultMillis(),
            settings.lastFaultMillis());
    this.distribution = distribution;
    this.progress = progress;
  }

  /** What will be done. */
  public Schedule schedule() {
    return schedule;
  }

  /** Runs it; whatever happens, nothing is left behind. */
  public Report run() throws IOException, InterruptedException {
    Cast cast = new Cast(settings, distribution);
    Thread hook = new Thread(() -> Closing.quietly(cast), "chaos-cleanup");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      cast.start();
      Clients clients = new Clients(cast, settings);
      clients.startAll();
      long begin = System.nanoTime();
      disturb(new Disturber(cast, clients));
      Duration back = awaitWorkers(cast);
      Duration finished = awaitClients(cast);
      Map<String, Integer> slots = cast.slots();
      stop(cast);
      History history = History.of(HistoryFile.read(cast.history()));
      violations.addAll(Checker.check(history, rules(slots)));
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      return new Report(settings, schedule, history, List.copyOf(violations), back, finished, took);
    } finally {
      cast.close();
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }

  private record Action(long atMillis, Fault fault, boolean begins) {}

  private void disturb(Disturber disturber) throws IOException, InterruptedException {
    PriorityQueue<Action> actions = new PriorityQueue<>(Comparator.comparingLong(Action::atMillis));
    for (Fault fault : schedule.faults()) {
      actions.add(new Action(fault.atMillis(), fault, true));
      actions.add(new Action(fault.endMillis(), fault, false));
    }
    long origin = System.nanoTime();
    for (Action next = actions.poll(); next != null; next = actions.poll()) {
      progress.await(origin, next.atMillis());
      if (next.begins()) {
        progress.fault(next.fault());
        disturber.begin(next.fault());
      } else {
        disturber.end(next.fault());
      }
    }
    progress.await(origin, settings.lastFaultMillis());
    progress.healed();
  }

  /**
   * How long the workers take to be back after the last fault: to the beginning of the look that
   * finds them, for a look starts a program, and on a full machine that alone takes long.
   */
  private Duration awaitWorkers(Cast cast) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Duration looked = Duration.ZERO;
    List<String> back = cast.view().workers("active");
    while (!back.containsAll(Settings.WORKERS) && looked.compareTo(FINISH) < 0) {
      looked = since(begin);
      back = cast.view().workers("active");
    }
    if (looked.compareTo(settings.back()) > 0) {
      String text = "workers were back after " + looked + ": " + back;
      violations.add(new Violation(Promise.LIVE, text));
    }
    return looked;
  }

  private Duration awaitClients(Cast cast) throws InterruptedException {
    long begin = System.nanoTime();
    for (Launched client : cast.clients()) {
      while (client.isAlive() && since(begin).compareTo(FINISH) < 0) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      if (client.isAlive()) {
        violations.add(new Violation(Promise.LIVE, "a client did not end: " + client));
      } else if (client.exitCode() != 0) {
        violations.add(new Violation(Promise.LIVE, "a client failed: " + client));
      }
    }
    return since(begin);
  }

  private void stop(Cast cast) throws IOException, InterruptedException {
    for (String name : Settings.WORKERS) {
      cast.process(name).terminate();
    }
    for (String name : Settings.WORKERS) {
      cast.process(name).exits(0);
    }
    cast.process(Settings.COORDINATOR).terminate();
    cast.process(Settings.COORDINATOR).exits(0);
    cast.process(Settings.WORKER_PROXY).close();
    cast.process(Settings.CLIENT_PROXY).close();
    cast.remains().forEach(left -> violations.add(new Violation(Promise.CLEAN, left)));
  }

  private Rules rules(Map<String, Integer> slots) {
    return new Rules(slots, OVERLAP, settings.sessionGrace().plusSeconds(settings.lease() * 2L));
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
