package dev.farpool.coordinator.core;

/** How many bytes of payload waiting tasks and kept results have, in all pools together. */
final class HeldBytes {
  private long bytes;

  void add(long more) {
    bytes += more;
  }

  long get() {
    return bytes;
  }
}
