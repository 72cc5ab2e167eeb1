package dev.farpool.cli;

import dev.farpool.common.HostPort;
import dev.farpool.grpc.ConnectionThreads;
import dev.farpool.worker.CoordinatorChannels;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A worker's two connections to the first coordinator of a list that answers. */
final class WorkerChannels implements CoordinatorChannels, AutoCloseable {
  private static final int MAX_MESSAGE_BYTES = 16 << 20;
  private static final int BULK_WINDOW_BYTES = 8 << 20;
  private static final long KEEP_ALIVE_SECONDS = 20;
  private static final long KEEP_ALIVE_TIMEOUT_SECONDS = 10;

  private final ConnectionThreads threads = new ConnectionThreads(2);
  private final ManagedChannel control;
  private final ManagedChannel bulk;

  WorkerChannels(List<HostPort> addresses, ChannelCredentials credentials) {
    String target = AddressListResolver.target(addresses);
    control = builder(target, credentials).keepAliveWithoutCalls(true).build();
    bulk = builder(target, credentials).flowControlWindow(BULK_WINDOW_BYTES).build();
  }

  @Override
  public Channel control() {
    return new EagerChannel(control);
  }

  @Override
  public Channel bulk() {
    return new EagerChannel(bulk);
  }

  @Override
  public void close() {
    control.shutdownNow();
    bulk.shutdownNow();
    threads.close();
  }

  private NettyChannelBuilder builder(String target, ChannelCredentials credentials) {
    return threads
        .serve(NettyChannelBuilder.forTarget(target, credentials))
        .directExecutor()
        .disableRetry()
        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
        .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
        .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }
}
