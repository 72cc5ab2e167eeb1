package dev.farpool.chaos.run;

import dev.farpool.chaos.schedule.Fault.Kind;
import dev.farpool.chaos.schedule.Target;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a run is set up.
 *
 * @param seed decides on faults and tasks
 * @param faults for how long faults come
 * @param tasks how many tasks are submitted in all
 * @param lease of workers, in seconds
 * @param longest the longest fault
 * @param cores of each worker
 * @param back within which time workers have to be back after the last fault, the end of the lease
 *     of a killed one included
 */
public record Settings(
    long seed, Duration faults, int tasks, int lease, Duration longest, int cores, Duration back) {
  static final List<String> WORKERS = List.of("w1", "w2", "w3");
  static final String COORDINATOR = "coordinator";

  /** Its promise is at least once. */
  static final String STEADY = "c1";

  /** Its promise is at most once; it is behind a proxy. */
  static final String CAREFUL = "c2";

  /** It is killed and begins anew. */
  static final String MORTAL = "c3";

  static final String WORKER_PROXY = "proxy-w3";
  static final String CLIENT_PROXY = "proxy-c2";
  private static final long BEGIN_MILLIS = 3000;

  /** A run of some minutes. */
  public static Settings usual(long seed, int minutes, int tasks) {
    return new Settings(
        seed,
        Duration.ofMinutes(minutes),
        tasks,
        4,
        Duration.ofSeconds(30),
        4,
        Duration.ofSeconds(18));
  }

  /** A run of some seconds, to see that all of it works, also on a busy machine. */
  public static Settings smoke(long seed) {
    return new Settings(
        seed, Duration.ofSeconds(7), 600, 2, Duration.ofSeconds(3), 2, Duration.ofSeconds(60));
  }

  long firstFaultMillis() {
    return BEGIN_MILLIS;
  }

  long lastFaultMillis() {
    return faults.toMillis();
  }

  /**
   * A client that is not heard for the longest faults of its own and of the others is not given up.
   */
  Duration sessionGrace() {
    return longest.multipliedBy(4);
  }

  /** How long the longest tasks take, in milliseconds. */
  long longestTaskMillis() {
    return longest.toMillis() / 7;
  }

  /** Whom faults befall. */
  List<Target> targets() {
    long most = longest.toMillis();
    List<Kind> link = List.of(Kind.CUT, Kind.CUT_IN, Kind.CUT_OUT, Kind.SLOW, Kind.FLAP);
    List<Kind> proxy = List.of(Kind.DELAY, Kind.STALL, Kind.RESET, Kind.RESET, Kind.HALF_CLOSE);
    List<Kind> worker =
        List.of(
            Kind.KILL,
            Kind.KILL,
            Kind.PAUSE,
            Kind.PAUSE,
            Kind.KILL_EXECUTOR,
            Kind.KILL_EXECUTOR,
            Kind.PAUSE_EXECUTOR,
            Kind.CUT,
            Kind.CUT_IN,
            Kind.CUT_OUT,
            Kind.SLOW,
            Kind.FLAP);
    return List.of(
        new Target(COORDINATOR, List.of(Kind.KILL, Kind.KILL, Kind.PAUSE), most, most / 3),
        new Target("w1", worker, most / 3, most),
        new Target("w2", worker, most / 3, most),
        new Target("w3", worker, most / 3, most),
        new Target(WORKER_PROXY, proxy, most / 2, most / 2),
        new Target(CLIENT_PROXY, proxy, most / 2, most / 2),
        new Target(STEADY, join(link, Kind.PAUSE), most / 2, most),
        new Target(CAREFUL, join(link, Kind.PAUSE), most / 2, most),
        new Target(MORTAL, List.of(Kind.KILL, Kind.PAUSE), most, most / 3));
  }

  private static List<Kind> join(List<Kind> kinds, Kind more) {
    return Stream.concat(kinds.stream(), Stream.of(more)).toList();
  }
}
