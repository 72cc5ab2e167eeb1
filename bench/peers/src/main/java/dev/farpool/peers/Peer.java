package dev.farpool.peers;

import dev.farpool.peers.load.Sample;
import dev.farpool.peers.process.Children;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Something to measure. */
interface Peer {
  /** As it is asked for, and in the table. */
  String name();

  /** Why it cannot be measured on this machine, and what to install; empty if it can. */
  default Optional<String> missing() {
    return Optional.empty();
  }

  /**
   * Starts its processes afresh and measures it.
   *
   * @param children starts them, and stops them afterwards
   * @throws IllegalStateException if one of them fails
   */
  List<Sample> measure(Children children, Effort effort) throws IOException, InterruptedException;
}
