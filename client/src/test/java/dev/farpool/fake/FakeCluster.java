package dev.farpool.fake;

import dev.farpool.spi.LocalCluster;
import dev.farpool.v1.BlobRef;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** A fake coordinator behind in-process channels. */
public final class FakeCluster implements LocalCluster {
  private final FakeCoordinator coordinator;
  private final Server server;
  private final ManagedChannel channel;

  /** Starts serving. */
  public FakeCluster(FakeCoordinator coordinator) {
    this.coordinator = coordinator;
    String name = UUID.randomUUID().toString();
    try {
      server =
          InProcessServerBuilder.forName(name)
              .directExecutor()
              .addService(coordinator)
              .addService(coordinator.blobs())
              .addService(coordinator.status())
              .build()
              .start();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
  }

  @Override
  public Channel control() {
    return channel;
  }

  @Override
  public Channel bulk() {
    return channel;
  }

  @Override
  public void adopt(BlobRef blob, Path file) throws IOException {
    coordinator.blobs().put(blob, Files.readAllBytes(file));
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
    coordinator.close();
  }
}
