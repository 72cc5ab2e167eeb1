package dev.farpool;

import dev.farpool.common.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A cluster at one moment.
 *
 * @param coordinatorVersion the version of the coordinator
 * @param uptime how long it has been running
 * @param workers the workers, by name
 * @param pools the pools, oldest first
 */
public record ClusterStatus(
    String coordinatorVersion, Duration uptime, List<Worker> workers, List<PoolState> pools) {
  /** How many tasks all workers together can run at a time. */
  public int cores() {
    return workers.stream().mapToInt(Worker::cores).sum();
  }

  /**
   * A worker.
   *
   * @param name its name
   * @param host the host it runs on
   * @param state how the coordinator sees it, for example {@code ACTIVE}
   * @param cores how many tasks it can run at a time
   * @param busy how many of its cores are taken
   * @param labels what tasks can ask for
   */
  public record Worker(
      String name, String host, String state, int cores, int busy, Map<String, String> labels) {}

  /**
   * A pool.
   *
   * @param name its name; may be empty
   * @param state where it is in its life, for example {@code RUN}
   * @param processes how many of its tasks may run at a time
   * @param waiting how many of its tasks wait
   * @param running how many of its tasks workers hold
   * @param succeeded how many have ended well
   * @param failed how many have ended otherwise
   * @param waitingFor why its oldest waiting task waits; empty when none does
   */
  public record PoolState(
      String name,
      String state,
      int processes,
      long waiting,
      long running,
      long succeeded,
      long failed,
      String waitingFor) {}

  static ClusterStatus of(dev.farpool.v1.GetStatusResponse status) {
    return new ClusterStatus(
        status.getCoordinatorVersion(),
        Durations.of(status.getUptime()),
        status.getWorkersList().stream().map(ClusterStatus::worker).toList(),
        status.getPoolsList().stream().map(ClusterStatus::pool).toList());
  }

  private static Worker worker(dev.farpool.v1.WorkerStatus worker) {
    return new Worker(
        worker.getName(),
        worker.getHost(),
        word(worker.getState()),
        worker.getCores(),
        worker.getBusy(),
        Map.copyOf(worker.getLabelsMap()));
  }

  private static PoolState pool(dev.farpool.v1.PoolStatus pool) {
    return new PoolState(
        pool.getName(),
        word(pool.getState()),
        pool.getProcesses(),
        pool.getWaiting(),
        pool.getRunning(),
        pool.getSucceeded(),
        pool.getFailed(),
        pool.getWaitingFor());
  }

  private static String word(Enum<?> state) {
    return state.name().replace("STATE_", "");
  }
}
