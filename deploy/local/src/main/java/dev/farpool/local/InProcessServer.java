package dev.farpool.local;

import dev.farpool.worker.CoordinatorChannels;
import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.util.List;

/**
 * Services and channels to them without a network in between: a message is handled on the thread
 * that sends it. Thread-safe.
 */
final class InProcessServer implements CoordinatorChannels, AutoCloseable {
  private final Server server;
  private final ManagedChannel control;
  private final ManagedChannel bulk;

  private InProcessServer(Server server, String name) {
    this.server = server;
    this.control = channel(name);
    this.bulk = channel(name);
  }

  /**
   * Serves these.
   *
   * @throws IOException never in practice: names are made for the purpose
   */
  static InProcessServer start(List<BindableService> services) throws IOException {
    String name = InProcessServerBuilder.generateName();
    InProcessServerBuilder builder = InProcessServerBuilder.forName(name).directExecutor();
    services.forEach(builder::addService);
    return new InProcessServer(builder.build().start(), name);
  }

  private static ManagedChannel channel(String name) {
    return InProcessChannelBuilder.forName(name).directExecutor().build();
  }

  @Override
  public Channel control() {
    return control;
  }

  @Override
  public Channel bulk() {
    return bulk;
  }

  /** Ends the calls that are left. */
  @Override
  public void close() {
    control.shutdownNow();
    bulk.shutdownNow();
    server.shutdownNow();
  }
}
