package dev.farpool.simulation;

import dev.farpool.simulation.fault.Profile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Many runs, on several threads; each run is on one. */
public final class Campaign {
  private static final int MOST_FAILURES = 20;

  /** Is told of each run that has ended. Called by several threads. */
  @FunctionalInterface
  public interface Progress {
    /** A run has ended. */
    void ran(Verdict verdict);
  }

  /**
   * What came of a campaign.
   *
   * @param seeds how many runs there were
   * @param events how many things happened in them
   * @param virtualNanos how long they took in virtual time
   * @param attempts how often tasks' code was started
   * @param realNanos how long they took in real time
   * @param failed those in which something was found, lowest seed first; not all if there are many
   */
  public record Result(
      long seeds,
      long events,
      long virtualNanos,
      long attempts,
      long realNanos,
      List<Verdict> failed) {

    /** One line for a person. */
    public String summary() {
      double seconds = realNanos / 1e9;
      return String.format(
          Locale.ROOT,
          "%,d seeds in %.1f s: %,.0f events a second, %,d attempts, %.1f virtual hours, %d failed",
          seeds,
          seconds,
          events / seconds,
          attempts,
          virtualNanos / 3.6e12,
          failed.size());
    }
  }

  private final Profile profile;
  private final Progress progress;
  private final AtomicLong next;
  private final long end;
  private final List<Verdict> failed = new ArrayList<>();
  private long runs;
  private long events;
  private long virtualNanos;
  private long attempts;

  private Campaign(long from, long count, Profile profile, Progress progress) {
    this.next = new AtomicLong(from);
    this.end = from + count;
    this.profile = profile;
    this.progress = progress;
  }

  /**
   * Runs seeds in turn.
   *
   * @param profile null for what each seed chooses
   */
  public static Result run(long from, long count, Profile profile, int threads, Progress progress)
      throws InterruptedException {
    Campaign campaign = new Campaign(from, count, profile, progress);
    long start = System.nanoTime();
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread thread = new Thread(campaign::work, "simulation-" + i);
      thread.start();
      all.add(thread);
    }
    for (Thread thread : all) {
      thread.join();
    }
    return campaign.result(System.nanoTime() - start);
  }

  private void work() {
    for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
      Verdict verdict = new Simulation(ScenarioMaker.make(seed, profile)).run();
      count(verdict);
      progress.ran(verdict);
    }
  }

  private synchronized void count(Verdict verdict) {
    runs++;
    events += verdict.events();
    virtualNanos += verdict.virtualNanos();
    attempts += verdict.attempts();
    if (!verdict.isFine() && failed.size() < MOST_FAILURES) {
      failed.add(verdict);
    }
  }

  private synchronized Result result(long realNanos) {
    failed.sort(Comparator.comparingLong(verdict -> verdict.scenario().seed()));
    return new Result(runs, events, virtualNanos, attempts, realNanos, List.copyOf(failed));
  }
}
