package dev.farpool.simulation.fault;

import dev.farpool.simulation.fault.Fault.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Draws what goes wrong in a run. */
public final class FaultMaker {
  private static final List<Kind> NETWORK =
      List.of(
          Kind.CUT_WORKER,
          Kind.CUT_WORKER,
          Kind.CUT_CLIENT,
          Kind.CUT_CLIENT,
          Kind.HALF_OPEN_WORKER,
          Kind.HALF_OPEN_CLIENT,
          Kind.CLOG_WORKER,
          Kind.CLOG_WORKER_UP,
          Kind.CLOG_WORKER_DOWN,
          Kind.CLOG_CLIENT);

  private static final List<Kind> PROCESSES =
      List.of(
          Kind.CRASH_WORKER,
          Kind.CRASH_WORKER,
          Kind.LOSE_WORKER,
          Kind.PAUSE_WORKER,
          Kind.PAUSE_WORKER,
          Kind.DRAIN_WORKER,
          Kind.CRASH_COORDINATOR,
          Kind.CRASH_COORDINATOR,
          Kind.STOP_COORDINATOR,
          Kind.PAUSE_COORDINATOR,
          Kind.CRASH_CLIENT,
          Kind.PAUSE_CLIENT,
          Kind.KILL_EXECUTOR,
          Kind.KILL_EXECUTOR);

  private final RandomGenerator random;
  private final int workers;
  private final int millis;
  private final int leaseMillis;

  /**
   * @param leaseMillis some faults last about as long: there the most is decided
   * @param millis within which everything goes wrong
   */
  public FaultMaker(RandomGenerator random, int workers, int leaseMillis, int millis) {
    this.random = random;
    this.workers = workers;
    this.leaseMillis = leaseMillis;
    this.millis = millis;
  }

  /** What goes wrong, in the order of its time. */
  public List<Fault> faults(Profile profile) {
    List<Fault> faults = new ArrayList<>();
    switch (profile) {
      case CALM -> {}
      case LOSSY -> {
        add(faults, NETWORK, 2 + random.nextInt(7));
        if (random.nextInt(3) == 0) {
          fallSilent(faults);
        }
      }
      case CRASHY -> {
        add(faults, PROCESSES, 2 + random.nextInt(5));
        add(faults, NETWORK, random.nextInt(3));
      }
      case SWIZZLE -> {
        swizzle(faults);
        add(faults, PROCESSES, random.nextInt(3));
      }
      case SLOW -> add(faults, NETWORK, random.nextInt(3));
      case HERD -> herd(faults);
      case SHORT -> {
        add(faults, NETWORK, random.nextInt(2));
        add(faults, PROCESSES, random.nextInt(3));
      }
    }
    faults.sort(Comparator.comparingInt(Fault::atMillis));
    return faults;
  }

  private int sometime() {
    return 200 + random.nextInt(millis);
  }

  private void add(List<Fault> faults, List<Kind> kinds, int count) {
    for (int i = 0; i < count; i++) {
      Kind kind = kinds.get(random.nextInt(kinds.size()));
      faults.add(new Fault(sometime(), kind, random.nextInt(1000), length(kind)));
    }
  }

  private int length(Kind kind) {
    boolean silencing = kind == Kind.CLOG_WORKER || kind == Kind.PAUSE_WORKER;
    if (silencing && random.nextInt(3) == 0) {
      return leaseMillis * 19 / 20 + random.nextInt(leaseMillis * 3 / 10);
    }
    int most =
        switch (kind) {
          case CLOG_WORKER, CLOG_WORKER_UP, CLOG_WORKER_DOWN -> 25_000;
          case CLOG_CLIENT, CRASH_WORKER, LOSE_WORKER, DRAIN_WORKER, PAUSE_COORDINATOR -> 15_000;
          case PAUSE_WORKER -> 20_000;
          case CRASH_COORDINATOR, STOP_COORDINATOR, PAUSE_CLIENT -> 8_000;
          default -> 1_000;
        };
    return 100 + random.nextInt(random.nextBoolean() ? most : most / 5);
  }

  /** A worker does not hear for a while, and before it does again it is not heard any more. */
  private void fallSilent(List<Fault> faults) {
    int at = sometime();
    int worker = random.nextInt(1000);
    int deaf = 2_000 + random.nextInt(6_000);
    int between = 100 + random.nextInt(deaf - 1_000);
    faults.add(new Fault(at, Kind.CLOG_WORKER_DOWN, worker, deaf));
    faults.add(
        new Fault(at + between, Kind.CLOG_WORKER_UP, worker, 14_000 + random.nextInt(10_000)));
  }

  /** Links are clogged one by one and healed one by one, in another order. */
  private void swizzle(List<Fault> faults) {
    List<Integer> chosen = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      if (random.nextInt(3) > 0) {
        chosen.add(worker);
      }
    }
    List<Integer> ends = new ArrayList<>();
    int begin = sometime() / 2;
    int last = begin;
    List<Integer> begins = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i++) {
      last += random.nextInt(2_000);
      begins.add(last);
    }
    for (int i = 0; i < chosen.size(); i++) {
      last += random.nextInt(6_000);
      ends.add(last);
    }
    Collections.shuffle(ends, new Random(random.nextLong()));
    for (int i = 0; i < chosen.size(); i++) {
      int length = ends.get(i) - begins.get(i);
      faults.add(new Fault(begins.get(i), Kind.CLOG_WORKER, chosen.get(i), length));
    }
  }

  private void herd(List<Fault> faults) {
    int at = sometime();
    if (random.nextBoolean()) {
      faults.add(new Fault(at, Kind.CRASH_COORDINATOR, 0, 500 + random.nextInt(4_000)));
    } else {
      for (int worker = 0; worker < workers; worker++) {
        faults.add(new Fault(at, Kind.CUT_WORKER, worker, 1));
      }
    }
  }
}
