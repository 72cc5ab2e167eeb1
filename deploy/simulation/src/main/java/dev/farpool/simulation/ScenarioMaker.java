package dev.farpool.simulation;

import dev.farpool.coordinator.core.SchedulerLimits;
import dev.farpool.simulation.fault.Fault;
import dev.farpool.simulation.fault.FaultMaker;
import dev.farpool.simulation.fault.Profile;
import dev.farpool.simulation.net.Conditions;
import dev.farpool.simulation.node.ExecutorHabits;
import dev.farpool.simulation.time.Seeds;
import dev.farpool.simulation.work.PoolMaker;
import dev.farpool.simulation.work.PoolPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws a scenario from a seed. */
public final class ScenarioMaker {
  private static final double MOST_DRIFT = 0.05;
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1000 * MILLI;
  private static final List<String> LABELS = List.of("", "", "a", "b");

  private final Profile profile;
  private final Seeds seeds;
  private final RandomGenerator random;

  private ScenarioMaker(long seed, Profile profile) {
    this.profile = profile;
    this.seeds = new Seeds(seed);
    this.random = seeds.of("scenario");
  }

  /** The scenario of a seed; without a profile the seed chooses that, too. */
  public static Scenario make(long seed, Profile profile) {
    Profile chosen = profile == null ? profileOf(seed) : profile;
    return new ScenarioMaker(seed, chosen).make();
  }

  /** Herds are large, so there are fewer of them. */
  private static Profile profileOf(long seed) {
    int turn = (int) Math.floorMod(seed, 40L);
    if (turn == 0) {
      return Profile.HERD;
    }
    Profile[] others = {
      Profile.CALM, Profile.LOSSY, Profile.CRASHY, Profile.SWIZZLE, Profile.SLOW, Profile.SHORT
    };
    return others[turn % others.length];
  }

  private Scenario make() {
    boolean quick = profile == Profile.SHORT;
    int millis = quick ? 3_000 + random.nextInt(5_000) : 5_000 + random.nextInt(20_000);
    List<WorkerPlan> workers = workers();
    List<Double> clients = new ArrayList<>();
    int clientCount = quick ? 1 : 1 + random.nextInt(2);
    for (int i = 0; i < clientCount; i++) {
      clients.add(drift());
    }
    Settings settings = settings();
    int lease = (int) settings.limits().lease().toMillis();
    List<Fault> faults =
        new FaultMaker(seeds.of("faults"), workers.size(), lease, millis).faults(profile);
    int quiet = millis + 1000;
    for (Fault fault : faults) {
      quiet = Math.max(quiet, fault.atMillis() + fault.lengthMillis() + 200);
    }
    return new Scenario(
        seeds.seed(),
        profile,
        settings,
        List.copyOf(workers),
        List.copyOf(clients),
        pools(workers, clientCount, millis),
        List.copyOf(faults),
        quiet);
  }

  private double drift() {
    return random.nextDouble(-MOST_DRIFT, MOST_DRIFT);
  }

  private boolean chance(double part) {
    return random.nextDouble() < part;
  }

  private List<WorkerPlan> workers() {
    int count =
        switch (profile) {
          case SHORT -> 1 + random.nextInt(2);
          case HERD -> 20 + random.nextInt(chance(0.2) ? 181 : 41);
          default -> 1 + random.nextInt(5);
        };
    List<WorkerPlan> workers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      workers.add(
          new WorkerPlan(
              1 + random.nextInt(4),
              LABELS.get(random.nextInt(LABELS.size())),
              drift(),
              chance(0.7) ? 0 : random.nextInt(3_000)));
    }
    return workers;
  }

  private List<PoolPlan> pools(List<WorkerPlan> workers, int clients, int millis) {
    List<PoolMaker.Room> rooms =
        workers.stream().map(worker -> new PoolMaker.Room(worker.cores(), worker.label())).toList();
    int mostTasks = profile == Profile.SHORT ? 12 : 40;
    PoolMaker maker = new PoolMaker(seeds.of("work"), rooms, millis, mostTasks);
    int count = profile == Profile.SHORT ? 1 : 1 + random.nextInt(3);
    List<PoolPlan> pools = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pools.add(maker.pool(clients));
    }
    return List.copyOf(pools);
  }

  private Settings settings() {
    SchedulerLimits limits = SchedulerLimits.DEFAULTS;
    if (chance(0.3)) {
      limits = limits.withLease(Duration.ofMillis(2_500 + random.nextInt(5_000)));
    }
    if (chance(0.15)) {
      limits = limits.withMaxHeldBytes(2_000 + random.nextInt(2_000));
    }
    boolean calm = profile == Profile.CALM;
    ExecutorHabits executors =
        new ExecutorHabits(
            limits.lease().toNanos(),
            (20 + random.nextInt(profile == Profile.SLOW ? 2_000 : 150)) * MILLI,
            !calm && chance(0.15) ? 0.1 : 0,
            profile == Profile.SLOW ? random.nextDouble(1, 4) : 1);
    return new Settings(limits, drift(), network(), executors);
  }

  private Conditions network() {
    boolean slow = profile == Profile.SLOW;
    boolean tight = (slow && chance(0.5)) || chance(0.1);
    return new Conditions(
        slow ? 5 * MILLI : 50_000,
        slow ? (50 + random.nextInt(300)) * MILLI : 2 * MILLI,
        slow || chance(0.2) ? 0.02 : 0,
        (100 + random.nextInt(slow ? 1_500 : 400)) * MILLI,
        tight ? 100 + random.nextInt(1000) : 1 << 20,
        10 * SECOND,
        20 * SECOND);
  }
}
