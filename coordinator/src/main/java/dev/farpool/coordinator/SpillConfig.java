package dev.farpool.coordinator;

import java.nio.file.Path;

/**
 * Where payload goes that the heap has no room for.
 *
 * @param directory for files that nobody sees; made when it is needed
 * @param aboveBytes of the heap, from which on payload that comes goes there
 * @param maxBytes of the disk; above it payload stays on the heap, up to the limit there
 */
public record SpillConfig(Path directory, long aboveBytes, long maxBytes) {
  private static final long DEFAULT_MAX_BYTES = 8L << 30;

  /** Checks the numbers. */
  public SpillConfig {
    if (aboveBytes < 0 || maxBytes < 0) {
      throw new IllegalArgumentException("aboveBytes and maxBytes must not be negative");
    }
  }

  /** A quarter of the heap, and 8 GiB of disk. */
  static SpillConfig of(Path directory) {
    return new SpillConfig(directory, Runtime.getRuntime().maxMemory() / 4, DEFAULT_MAX_BYTES);
  }
}
