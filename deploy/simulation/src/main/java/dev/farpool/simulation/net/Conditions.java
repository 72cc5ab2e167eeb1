package dev.farpool.simulation.net;

/**
 * How good the network is.
 *
 * @param leastDelayNanos the shortest way of a message
 * @param mostDelayNanos the longest, as long as nothing is wrong
 * @param spikeChance how often a message takes up to {@code spikeNanos}
 * @param spikeNanos the longest way of all
 * @param windowBytes how much of a stream is on its way before its writer is not ready any more
 * @param keepAliveNanos after this time without an answer a connection is given up
 * @param connectNanos after this time a connection that does not come about is given up
 */
public record Conditions(
    long leastDelayNanos,
    long mostDelayNanos,
    double spikeChance,
    long spikeNanos,
    int windowBytes,
    long keepAliveNanos,
    long connectNanos) {}
