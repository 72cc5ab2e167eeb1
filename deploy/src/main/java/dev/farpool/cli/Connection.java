package dev.farpool.cli;

import dev.farpool.common.CallStatus;
import dev.farpool.common.HostPort;
import dev.farpool.common.security.TlsTrouble;
import dev.farpool.grpc.ConnectionThreads;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A connection to the first coordinator of a list that answers. */
final class Connection implements AutoCloseable {
  /** What to try where no coordinator answers. */
  static final String ADVICE =
      "start one with \"farpool coordinator\", or name another with --coordinator HOST:PORT or"
          + " FARPOOL_COORDINATOR";

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MAX_MESSAGE_BYTES = 64 << 20;

  private final HostPort address;
  private final ManagedChannel channel;
  private final ConnectionThreads threads;

  private Connection(HostPort address, ManagedChannel channel, ConnectionThreads threads) {
    this.address = address;
    this.channel = channel;
    this.threads = threads;
  }

  /**
   * Connects, trying each address once.
   *
   * @throws CommandException that tells the addresses and what to try, after at most 5 s for each
   */
  static Connection open(CoordinatorOption coordinator) throws InterruptedException {
    List<HostPort> addresses = coordinator.addresses();
    ChannelCredentials credentials = coordinator.credentials();
    String reason = "";
    ConnectionThreads threads = new ConnectionThreads(1);
    for (HostPort address : addresses) {
      ManagedChannel channel =
          threads
              .serve(NettyChannelBuilder.forAddress(address.host(), address.port(), credentials))
              .directExecutor()
              .maxInboundMessageSize(MAX_MESSAGE_BYTES)
              .build();
      if (connects(channel)) {
        return new Connection(address, channel, threads);
      }
      reason = reason(channel);
      channel.shutdownNow();
    }
    threads.close();
    throw CommandException.unreachable(
        "no coordinator answers at " + coordinator + reason + "; " + ADVICE);
  }

  Channel channel() {
    return channel;
  }

  HostPort address() {
    return address;
  }

  /** What to tell when a call failed. */
  CommandException failed(StatusRuntimeException failure) {
    Status status = CallStatus.of(failure);
    String text = status.getDescription();
    String reason = status.getCode() + (text == null ? "" : ": " + text);
    return switch (status.getCode()) {
      case UNAVAILABLE, DEADLINE_EXCEEDED ->
          CommandException.unreachable(
              "the coordinator at "
                  + address
                  + " stopped answering ("
                  + reason
                  + "); see whether it still runs, then try again");
      case UNAUTHENTICATED ->
          CommandException.unreachable(
              "the coordinator at " + address + " lets nobody in: " + text);
      case PERMISSION_DENIED -> CommandException.failed(text);
      case UNIMPLEMENTED ->
          CommandException.unreachable(
              "what listens at "
                  + address
                  + " is no Farpool coordinator, or one of an older version ("
                  + reason
                  + ")");
      default -> CommandException.failed("the coordinator at " + address + " says " + reason);
    };
  }

  @Override
  public void close() {
    channel.shutdownNow();
    threads.close();
  }

  /** Why a channel does not connect, where the certificates are why. */
  private static String reason(ManagedChannel channel) {
    try {
      HealthGrpc.newBlockingStub(channel)
          .withDeadlineAfter(1, TimeUnit.SECONDS)
          .check(HealthCheckRequest.getDefaultInstance());
      return "";
    } catch (StatusRuntimeException failure) {
      return TlsTrouble.of(failure).map(trouble -> " (" + trouble + ")").orElse("");
    }
  }

  private static boolean connects(ManagedChannel channel) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    ConnectivityState state = channel.getState(true);
    while (state != ConnectivityState.READY) {
      CountDownLatch changed = new CountDownLatch(1);
      channel.notifyWhenStateChanged(state, changed::countDown);
      long left = deadline - System.nanoTime();
      if (state == ConnectivityState.TRANSIENT_FAILURE
          || !changed.await(left, TimeUnit.NANOSECONDS)) {
        return false;
      }
      state = channel.getState(true);
    }
    return true;
  }
}
