package dev.farpool.peers.load;

/** So many tasks of one kind. */
@FunctionalInterface
public interface Round {
  /** Runs them to the last result. */
  void run(int count) throws Exception;
}
