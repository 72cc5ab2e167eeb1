package dev.farpool.simulation.node;

import dev.farpool.coordinator.Coordinator;
import dev.farpool.coordinator.CoordinatorConfig;
import dev.farpool.coordinator.core.SchedulerLimits;
import dev.farpool.simulation.net.Server;
import dev.farpool.simulation.net.Wiretap;
import dev.farpool.simulation.time.VirtualProcess;
import java.nio.file.Path;
import java.time.Instant;

/** A coordinator process: the product's coordinator without sockets. */
public final class CoordinatorNode {
  /** Nothing is stored: blobs have a shelf of their own. */
  private static final Path NO_BLOBS = Path.of("no-blobs");

  private final VirtualProcess process;
  private final Coordinator coordinator;
  private final Server server;

  /** Starts a coordinator. */
  public CoordinatorNode(
      VirtualProcess process, SchedulerLimits limits, Wiretap wiretap, Observer observer) {
    this.process = process;
    long nanos = process.timeline().now();
    CoordinatorConfig config =
        CoordinatorConfig.of(NO_BLOBS)
            .withLimits(limits)
            .withWallClock(() -> Instant.ofEpochSecond(1_700_000_000L, nanos));
    this.coordinator = Coordinator.create(config, process.surroundings());
    coordinator.failure().thenAccept(thrown -> observer.broken(process.name(), thrown));
    this.server = new Server(process, coordinator.services(), wiretap);
  }

  /** The process around it. */
  public VirtualProcess process() {
    return process;
  }

  /** What it serves. */
  public Server server() {
    return server;
  }

  /** Has its scheduler look at its own state. */
  public void checkInvariants() {
    if (process.isRunning()) {
      coordinator.checkInvariants();
    }
  }

  /** Ends it in good order: it tells everybody that it stops. */
  public void stop() {
    process.run(coordinator::close);
  }
}
