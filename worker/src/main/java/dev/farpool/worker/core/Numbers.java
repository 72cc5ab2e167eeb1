package dev.farpool.worker.core;

/**
 * What a worker is doing at one moment, and has done since its start.
 *
 * @param cores that it offers
 * @param freeCores that no task is running on
 * @param executors that have a pool
 * @param spares that have none yet
 * @param veterans that have none any more
 * @param executorsStarted since the start, spares included
 * @param executorsDied that ended although nothing here had told them to
 * @param attempts that ended here, by whatever outcome
 * @param ranNanos how long they ran together
 * @param unacknowledged reports of outcomes that the coordinator may not have
 * @param connected whether it is registered with a coordinator
 */
public record Numbers(
    int cores,
    int freeCores,
    int executors,
    int spares,
    int veterans,
    long executorsStarted,
    long executorsDied,
    long attempts,
    long ranNanos,
    int unacknowledged,
    boolean connected) {}
