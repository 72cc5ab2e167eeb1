package dev.farpool.executor;

import java.io.File;
import java.nio.file.Path;

/**
 * What an executor is told on its command line: {@code SOCKET ID LEASE_MILLIS CLAIMS [DIRECTORY]}.
 */
public final class Launch {
  /** The name of an executor's private working directory, which is beside its claims. */
  public static final String WORK = "work";

  /** The agent's socket. */
  final String socket;

  /** Names this executor to its agent, and marks the processes that come from it. */
  final String id;

  /** For how long the executor may live before the first sign of life from its agent. */
  final long leaseNanos;

  /** The file of {@link Claims}. */
  final String claims;

  /** Where the executor was started, unless its pool has a directory of its own. */
  final Path work;

  /** The agent's directory, to be deleted when the agent is gone; null when it is to stay. */
  final File ephemeral;

  private Launch(String[] args) {
    socket = args[0];
    id = args[1];
    leaseNanos = Long.parseLong(args[2]) * 1_000_000;
    claims = args[3];
    work = Path.of(claims).resolveSibling(WORK);
    ephemeral = args.length > 4 ? new File(args[4]) : null;
  }

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException if it is not what an agent writes
   */
  static Launch parse(String[] args) {
    if (args.length < 4 || args.length > 5) {
      throw new IllegalArgumentException(
          "an executor is started by a Farpool worker, with 4 or 5 arguments, not " + args.length);
    }
    return new Launch(args);
  }
}
