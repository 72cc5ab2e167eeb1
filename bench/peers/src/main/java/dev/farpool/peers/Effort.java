package dev.farpool.peers;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long to measure.
 *
 * @param warmUpSeconds for how long each workload runs before it counts
 * @param repeat how often it runs then; its value is the median
 */
record Effort(double warmUpSeconds, int repeat) {
  /** How long a server may take until it is ready. */
  static final Duration START = Duration.ofSeconds(60);

  /** How long one visit to a peer may take. */
  static final Duration VISIT = Duration.ofMinutes(15);

  /** What the measuring programs' command lines begin with. */
  List<String> arguments(String... more) {
    return Stream.concat(
            Stream.of(Double.toString(warmUpSeconds), Integer.toString(repeat)), Stream.of(more))
        .toList();
  }
}
