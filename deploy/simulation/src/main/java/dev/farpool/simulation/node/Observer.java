package dev.farpool.simulation.node;

/** Sees what executors really do, whatever is told of it. */
public interface Observer {
  /**
   * A task's code begins to run.
   *
   * @param instance the worker process whose executor it is
   * @return names this run
   */
  int started(String instance, int tag, int attempt);

  /**
   * It runs no more.
   *
   * @param died whether its executor died with it
   */
  void ended(String instance, int run, boolean died);

  /** Something that must never happen, told by the product itself. */
  void broken(String what, Throwable thrown);
}
