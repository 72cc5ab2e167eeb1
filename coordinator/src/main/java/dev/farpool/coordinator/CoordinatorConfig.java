package dev.farpool.coordinator;

import dev.farpool.common.HostPort;
import dev.farpool.coordinator.core.SchedulerLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/**
 * How a coordinator is set up.
 *
 * @param listen where {@link CoordinatorServer} takes connections; port 0 for any free one. Not
 *     used by {@link Coordinator} itself
 * @param blobs the directory of the blobs; may be shared with workers of the same host
 * @param limits times and bounds
 * @param version of this build, for people
 * @param wallClock tells when things happened, for display; and epochs of workers begin at it, so
 *     that those of a later start are higher
 */
public record CoordinatorConfig(
    HostPort listen, Path blobs, SchedulerLimits limits, String version, InstantSource wallClock) {

  /** Where a coordinator listens unless told otherwise. */
  public static final HostPort DEFAULT_LISTEN = new HostPort("127.0.0.1", 7400);

  /** The default address and limits; payload may take half of the heap. */
  public static CoordinatorConfig of(Path blobs) {
    return new CoordinatorConfig(
        DEFAULT_LISTEN,
        blobs,
        SchedulerLimits.DEFAULTS.withMaxHeldBytes(Runtime.getRuntime().maxMemory() / 2),
        buildVersion(),
        InstantSource.system());
  }

  /** The same with another address. */
  public CoordinatorConfig withListen(HostPort address) {
    return new CoordinatorConfig(address, blobs, limits, version, wallClock);
  }

  /** The same with other times and bounds. */
  public CoordinatorConfig withLimits(SchedulerLimits other) {
    return new CoordinatorConfig(listen, blobs, other, version, wallClock);
  }

  /** The same, but workers may be silent for this long; other times keep their proportion to it. */
  public CoordinatorConfig withLease(Duration time) {
    return withLimits(limits.withLease(time));
  }

  /** The same, but clients may be silent for this long. */
  public CoordinatorConfig withSessionGrace(Duration grace) {
    return withLimits(limits.withSessionGrace(grace));
  }

  /** The same with another wall clock. */
  public CoordinatorConfig withWallClock(InstantSource other) {
    return new CoordinatorConfig(listen, blobs, limits, version, other);
  }

  private static String buildVersion() {
    String packaged = CoordinatorConfig.class.getPackage().getImplementationVersion();
    return packaged == null ? "development" : packaged;
  }
}
