package dev.farpool.bench;

/**
 * A figure that could not be measured.
 *
 * @param reason why, for people
 */
public record LeftOut(String workload, String figure, String reason) {}
