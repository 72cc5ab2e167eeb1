package dev.farpool.coordinator;

import dev.farpool.common.HostPort;
import dev.farpool.coordinator.access.Gate;
import dev.farpool.coordinator.console.ConsoleConfig;
import dev.farpool.coordinator.console.ConsoleServer;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;

/**
 * A console and its way to the services, which leads through this process: it is a client like
 * others, and sees what they would see. Thread-safe.
 */
final class Console implements AutoCloseable {
  private final Server services;
  private final ManagedChannel channel;
  private final ConsoleServer server;

  private Console(Server services, ManagedChannel channel, ConsoleServer server) {
    this.services = services;
    this.channel = channel;
    this.server = server;
  }

  static Console start(ConsoleConfig config, Coordinator coordinator, Gate gate, HostPort address)
      throws IOException {
    String name = InProcessServerBuilder.generateName();
    InProcessServerBuilder builder =
        InProcessServerBuilder.forName(name).directExecutor().intercept(gate);
    coordinator.services().forEach(builder::addService);
    Server services = builder.build().start();
    ManagedChannel channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    boolean started = false;
    try {
      ConsoleServer server = ConsoleServer.start(config, channel, address, coordinator.nanoTime());
      started = true;
      return new Console(services, channel, server);
    } finally {
      if (!started) {
        channel.shutdownNow();
        services.shutdownNow();
      }
    }
  }

  ConsoleServer server() {
    return server;
  }

  @Override
  public void close() {
    server.close();
    channel.shutdownNow();
    services.shutdownNow();
  }
}
