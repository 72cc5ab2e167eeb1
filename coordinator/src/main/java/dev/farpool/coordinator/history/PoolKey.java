package dev.farpool.coordinator.history;

/**
 * Tells a pool from all others, also when it is no more. There is one for each pool, which all that
 * is remembered of its tasks refers to.
 *
 * @param owner the identity that it belongs to
 * @param id by which its client names it
 */
public record PoolKey(String owner, String id) {}
