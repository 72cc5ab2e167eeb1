package dev.farpool.peers.table;

/**
 * One figure of one peer.
 *
 * @param figure workload and figure, for example {@code noop rate}
 * @param embedded Farpool's embedded cluster's median divided by this one; null if it was not
 *     measured
 * @param cluster the same of a coordinator and a worker
 */
public record Row(
    String peer, String figure, String unit, Spread spread, Double embedded, Double cluster) {}
