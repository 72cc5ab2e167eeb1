package dev.farpool.scale.client;

import dev.farpool.common.HostPort;
import dev.farpool.common.Protocol;
import dev.farpool.v1.CodeBundle;
import dev.farpool.v1.CreatePoolRequest;
import dev.farpool.v1.KeepAliveRequest;
import dev.farpool.v1.OpenSessionRequest;
import dev.farpool.v1.OutputMode;
import dev.farpool.v1.PoolServiceGrpc;
import dev.farpool.v1.PoolSpec;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * A client whose pools always have tasks that wait. All of it is on the one thread of its
 * connection.
 */
public final class Load implements AutoCloseable {
  private static final int KEEP_ALIVE_SECONDS = 10;
  private static final int DEADLINE_SECONDS = 30;

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final EventLoop thread = group.next();
  private final ManagedChannel channel;
  private final PoolServiceGrpc.PoolServiceBlockingStub stub;
  private final List<PoolLoad> pools = new ArrayList<>();
  private volatile String broken;

  private Load(HostPort coordinator) {
    channel =
        NettyChannelBuilder.forAddress(coordinator.host(), coordinator.port())
            .eventLoopGroup(group)
            .channelType(NioSocketChannel.class)
            .directExecutor()
            .usePlaintext()
            .build();
    stub = PoolServiceGrpc.newBlockingStub(channel);
  }

  /** Opens a session with its pools and begins to submit. */
  public static Load start(HostPort coordinator, LoadPlan plan) {
    Load load = new Load(coordinator);
    OpenSessionRequest hello =
        OpenSessionRequest.newBuilder()
            .setProtocol(Protocol.RANGE)
            .setClientName("bench of scale")
            .build();
    load.open(
        load.stub
            .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
            .openSession(hello)
            .getSessionId(),
        plan);
    return load;
  }

  private void open(String session, LoadPlan plan) {
    for (int i = 0; i < plan.pools(); i++) {
      String poolId = createPool(session, plan.processes());
      onThread(() -> pools.add(new PoolLoad(poolId, plan, channel, thread, this::broken)));
    }
    KeepAliveRequest sign = KeepAliveRequest.newBuilder().setSessionId(session).build();
    thread.scheduleAtFixedRate(
        () -> PoolServiceGrpc.newFutureStub(channel).keepAlive(sign),
        KEEP_ALIVE_SECONDS,
        KEEP_ALIVE_SECONDS,
        TimeUnit.SECONDS);
    thread.execute(() -> pools.forEach(PoolLoad::begin));
  }

  private String createPool(String session, int processes) {
    PoolSpec spec =
        PoolSpec.newBuilder()
            .setProcesses(processes)
            .setCode(CodeBundle.newBuilder().setCodec("none.Codec"))
            .setOutput(OutputMode.OUTPUT_MODE_DISCARD)
            .build();
    return stub.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
        .createPool(CreatePoolRequest.newBuilder().setSessionId(session).setSpec(spec).build())
        .getPoolId();
  }

  private void broken(String why) {
    broken = why;
  }

  /**
   * How far it has come.
   *
   * @throws IllegalStateException if it cannot go on
   */
  public LoadFigures figures() {
    String why = broken;
    if (why != null) {
      throw new IllegalStateException(why);
    }
    return onThread(
        () -> {
          LoadFigures sum = LoadFigures.NONE;
          for (PoolLoad pool : pools) {
            sum = sum.plus(pool.figures());
          }
          return sum;
        });
  }

  /** Submits no more. */
  public void stop() {
    thread.execute(() -> pools.forEach(PoolLoad::stop));
  }

  private <T> T onThread(Callable<T> call) {
    return thread.submit(call).syncUninterruptibly().getNow();
  }

  @Override
  public void close() {
    broken = "closed";
    channel.shutdownNow();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
