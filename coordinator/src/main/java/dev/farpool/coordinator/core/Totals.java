package dev.farpool.coordinator.core;

import dev.farpool.v1.Failure;
import java.util.Map;

/**
 * What had happened from the start up to one moment.
 *
 * @param counts all of them
 * @param succeeded tasks that gave a value, or whose process exited with 0
 * @param exited tasks whose process exited with another code or by a signal
 * @param failed the other tasks that ended, for each kind of failure
 * @param waits how long tasks had waited when they were handed out for the first time
 */
public record Totals(
    Map<Count, Long> counts,
    long succeeded,
    long exited,
    Map<Failure.Kind, Long> failed,
    Histogram.Times waits) {}
