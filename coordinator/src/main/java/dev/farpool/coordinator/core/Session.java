package dev.farpool.coordinator.core;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;

/** A client that is there, and the pools that live as long as it is. */
final class Session {
  /** Ended pools beyond this many are forgotten, the oldest first. */
  private static final int REMEMBERED_POOLS = 1000;

  final String id;
  final String client;

  /** The identity it belongs to, and with it its pools. */
  final String owner;

  final Set<Pool> pools = new LinkedHashSet<>();

  /** The calls of this client that are open: as long as there is one, the client is there. */
  final Set<Long> calls = new LinkedHashSet<>();

  private final ArrayDeque<Pool> settled = new ArrayDeque<>();
  private long heardNanos;

  Session(String id, String client, String owner, long nowNanos) {
    this.id = id;
    this.client = client;
    this.owner = owner;
    this.heardNanos = nowNanos;
  }

  void hear(long nowNanos) {
    heardNanos = nowNanos;
  }

  boolean isSilentFor(long graceNanos, long nowNanos) {
    return calls.isEmpty() && nowNanos - heardNanos >= graceNanos;
  }

  /**
   * Remembers a pool that has ended and whose results were dealt with, so that late questions about
   * it have an answer.
   *
   * @return the pool to forget instead, or null
   */
  Pool settle(Pool pool) {
    settled.add(pool);
    return settled.size() > REMEMBERED_POOLS ? settled.poll() : null;
  }
}
