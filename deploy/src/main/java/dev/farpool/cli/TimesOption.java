package dev.farpool.cli;

import dev.farpool.coordinator.CoordinatorConfig;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How long a coordinator waits for those it no longer hears. */
final class TimesOption {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  @Option(
      names = "--lease",
      paramLabel = "TIME",
      defaultValue = "10s",
      description = {
        "How long a worker may run tasks without a word from the coordinator. A fifth later its"
            + " tasks run elsewhere (default: ${DEFAULT-VALUE})."
      })
  private Duration lease;

  @Option(
      names = "--session-grace",
      paramLabel = "TIME",
      defaultValue = "60s",
      description = {
        "How long a client may be silent before its pools are terminated"
            + " (default: ${DEFAULT-VALUE})."
      })
  private Duration sessionGrace;

  /**
   * This configuration with the times asked for.
   *
   * @throws CommandException if a time is too short or too long
   */
  CoordinatorConfig applyTo(CoordinatorConfig config) {
    return config
        .withLease(checked("--lease", lease))
        .withSessionGrace(checked("--session-grace", sessionGrace));
  }

  private static Duration checked(String option, Duration time) {
    if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
      throw CommandException.wrong(option + " must be 1s to 1h, not " + time.toMillis() + "ms");
    }
    return time;
  }
}
