package dev.farpool.coordinator.core;

import dev.farpool.coordinator.history.PoolKey;

/**
 * Whose sessions and pools a caller may see and change. What is outside answers as if it were not
 * there.
 *
 * @param owner the identity that made them
 * @param everything whether those of all others too
 */
public record Scope(String owner, boolean everything) {
  /** Everybody's. */
  public static final Scope ALL = new Scope("", true);

  boolean includes(Session session) {
    return everything || session.owner.equals(owner);
  }

  boolean includes(PoolKey pool) {
    return everything || pool.owner().equals(owner);
  }
}
