package dev.farpool.coordinator.metrics;

import dev.farpool.coordinator.core.Levels;
import dev.farpool.coordinator.core.Totals;

/**
 * Everything there is to tell at one moment.
 *
 * @param totals what the scheduler has counted
 * @param levels what it holds
 * @param load of its loop
 * @param heldBytesLimit above which submits are refused
 * @param spilledBytes of tasks and results on disk, in whole segments
 * @param storage what the blobs take
 */
public record Reading(
    Totals totals,
    Levels levels,
    LoopLoad load,
    long heldBytesLimit,
    long spilledBytes,
    Storage storage) {

  /**
   * What the blobs take on disk.
   *
   * @param blobs how many there are
   * @param bytes of all of them together
   */
  public record Storage(long blobs, long bytes) {}
}
