package dev.farpool.worker.core;

/** Something that happened, to be told to the agent by the one thread that may. */
@FunctionalInterface
public interface Command {
  /**
   * Tells the agent.
   *
   * @param now the time of the batch, in nanoseconds of an arbitrary start
   */
  void apply(Agent agent, long now);
}
