package dev.farpool.coordinator;

import dev.farpool.common.HostPort;
import dev.farpool.common.trace.Spans;
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
 * @param security how {@link CoordinatorServer} knows its callers. Not used by {@link Coordinator}
 *     itself
 * @param spill where payload goes that the heap has no room for
 * @param limits times and bounds
 * @param version of this build, for people
 * @param wallClock tells when things happened, for display; and epochs of workers begin at it, so
 *     that those of a later start are higher
 * @param introspection whether {@link CoordinatorServer} serves gRPC's reflection and channelz, too
 * @param spans takes the spans of traced tasks; closed by whoever made it; null for nobody
 */
public record CoordinatorConfig(
    HostPort listen,
    Path blobs,
    SecurityConfig security,
    SpillConfig spill,
    SchedulerLimits limits,
    String version,
    InstantSource wallClock,
    boolean introspection,
    Spans spans) {

  private static final String SPILL = "spill";

  /** Where a coordinator listens unless told otherwise. */
  public static final HostPort DEFAULT_LISTEN = new HostPort("127.0.0.1", 7400);

  /**
   * The default address and limits; tasks and results may take half of the heap, and begin to go to
   * disk, beside the blobs, at a quarter.
   */
  public static CoordinatorConfig of(Path blobs) {
    return new CoordinatorConfig(
        DEFAULT_LISTEN,
        blobs,
        SecurityConfig.NONE,
        SpillConfig.of(blobs.resolve(SPILL)),
        SchedulerLimits.DEFAULTS.withMaxHeldBytes(Runtime.getRuntime().maxMemory() / 2),
        buildVersion(),
        InstantSource.system(),
        false,
        null);
  }

  /** The same with another address. */
  public CoordinatorConfig withListen(HostPort address) {
    return new CoordinatorConfig(
        address, blobs, security, spill, limits, version, wallClock, introspection, spans);
  }

  /** The same, but callers are known by other means. */
  public CoordinatorConfig withSecurity(SecurityConfig other) {
    return new CoordinatorConfig(
        listen, blobs, other, spill, limits, version, wallClock, introspection, spans);
  }

  /** The same with other times and bounds. */
  public CoordinatorConfig withLimits(SchedulerLimits other) {
    return new CoordinatorConfig(
        listen, blobs, security, spill, other, version, wallClock, introspection, spans);
  }

  /** The same, but workers may be silent for this long; other times keep their proportion to it. */
  public CoordinatorConfig withLease(Duration time) {
    return withLimits(limits.withLease(time));
  }

  /** The same, but clients may be silent for this long. */
  public CoordinatorConfig withSessionGrace(Duration grace) {
    return withLimits(limits.withSessionGrace(grace));
  }

  /** The same, but payload goes elsewhere when the heap has no room for it. */
  public CoordinatorConfig withSpill(SpillConfig other) {
    return new CoordinatorConfig(
        listen, blobs, security, other, limits, version, wallClock, introspection, spans);
  }

  /** The same with another wall clock. */
  public CoordinatorConfig withWallClock(InstantSource other) {
    return new CoordinatorConfig(
        listen, blobs, security, spill, limits, version, other, introspection, spans);
  }

  /** The same with or without the services that tell of the server itself. */
  public CoordinatorConfig withIntrospection(boolean served) {
    return new CoordinatorConfig(
        listen, blobs, security, spill, limits, version, wallClock, served, spans);
  }

  /** The same, but spans of traced tasks are recorded. */
  public CoordinatorConfig withSpans(Spans other) {
    return new CoordinatorConfig(
        listen, blobs, security, spill, limits, version, wallClock, introspection, other);
  }

  private static String buildVersion() {
    String packaged = CoordinatorConfig.class.getPackage().getImplementationVersion();
    return packaged == null ? "development" : packaged;
  }
}
