package dev.farpool.grpc;

import dev.farpool.common.HostPort;
import dev.farpool.v1.BlobRef;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Two connections to one of several coordinators: bulk on its own, so that it delays nothing. */
public final class TcpChannels implements Channels {
  private static final int MAX_MESSAGE = 16 << 20;
  private static final int BULK_WINDOW = 8 << 20;

  private final List<HostPort> addresses;
  private final ChannelCredentials credentials;
  private final ConnectionThreads threads = new ConnectionThreads(2);
  private int current;
  private ManagedChannel control;
  private ManagedChannel bulk;

  /**
   * @param addresses tried in this order
   * @param credentials for the coordinator at each of them
   */
  public TcpChannels(List<HostPort> addresses, ChannelCredentials credentials) {
    this.addresses = List.copyOf(addresses);
    this.credentials = credentials;
    open();
  }

  private void open() {
    control = builder().build();
    bulk = builder().flowControlWindow(BULK_WINDOW).build();
  }

  private NettyChannelBuilder builder() {
    HostPort address = addresses.get(current);
    return threads
        .serve(NettyChannelBuilder.forAddress(address.host(), address.port(), credentials))
        .directExecutor()
        .disableRetry()
        .maxInboundMessageSize(MAX_MESSAGE)
        .keepAliveTime(20, TimeUnit.SECONDS)
        .keepAliveTimeout(10, TimeUnit.SECONDS);
  }

  @Override
  public synchronized Channel control() {
    return control;
  }

  @Override
  public synchronized Channel bulk() {
    return bulk;
  }

  @Override
  public synchronized void next() {
    if (addresses.size() == 1 && hasFailed()) {
      // Only an idle channel tries at the next call and fails it by that try, not by the last one.
      control.enterIdle();
      bulk.enterIdle();
    } else {
      shutdown();
      current = (current + 1) % addresses.size();
      open();
    }
  }

  /** Whether the connection knows that it is none; else it may be half open, and stay so. */
  private boolean hasFailed() {
    ConnectivityState state = control.getState(false);
    return state == ConnectivityState.TRANSIENT_FAILURE || state == ConnectivityState.IDLE;
  }

  @Override
  public String peer() {
    return addresses.stream().map(HostPort::toString).collect(Collectors.joining(", "));
  }

  @Override
  public boolean adopt(BlobRef blob, Path file) {
    return false;
  }

  @Override
  public synchronized void close() {
    shutdown();
    threads.close();
  }

  private void shutdown() {
    control.shutdownNow();
    bulk.shutdownNow();
  }
}
