package dev.farpool.bench;

import dev.farpool.Pool;
import java.util.List;

/** One kind of load. */
interface Workload {
  /** How it is asked for, and its name in reports. */
  String name();

  /** One line for people. */
  String title();

  /** How many tasks, items or calls one round has, unless told otherwise. */
  int defaultTasks(int processes);

  /** Whether it makes sense on a cluster that is running already. */
  default boolean runsOnRunningClusters() {
    return true;
  }

  /** Puts one round of load on the pool and measures it. */
  List<Figure> round(Rig rig, Pool pool, int tasks) throws InterruptedException;

  /** What it cannot measure here. */
  default List<LeftOut> leftOut(Rig rig) {
    return List.of();
  }
}
