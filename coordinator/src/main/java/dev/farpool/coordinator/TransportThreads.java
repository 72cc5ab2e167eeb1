package dev.farpool.coordinator;

import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.DefaultSelectStrategyFactory;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.IoHandlerFactory;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.grpc.netty.shaded.io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that read from and write to all connections. As an executor, it has one of them do
 * something when it has read what had come from some tens of peers: that is then dealt with in one
 * go, each of them is written to once, nobody's answer waits for a thousand others, and an idle
 * coordinator loses no time. Thread-safe.
 */
final class TransportThreads implements Executor, AutoCloseable {
  private static final boolean EPOLL = Epoll.isAvailable();
  private static final int STOP_MILLIS = 1_000;

  /** So many connections are read before what came on them is dealt with. */
  private static final int TURN = 64;

  private final ThreadLocal<EventExecutor> own = new ThreadLocal<>();
  final EventLoopGroup group;

  private TransportThreads(EventLoopGroup group) {
    this.group = group;
  }

  /**
   * Starts one for every two cores. The scheduler decides on one thread anyway, and to wake another
   * one for each message costs more than it could read meanwhile.
   */
  static TransportThreads start() {
    TransportThreads threads =
        new TransportThreads(
            new MultiThreadIoEventLoopGroup(
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                new DefaultThreadFactory("farpool-transport", true),
                EPOLL ? epoll() : NioIoHandler.newFactory()));
    threads.group.forEach(thread -> thread.execute(() -> threads.own.set(thread)));
    return threads;
  }

  private static IoHandlerFactory epoll() {
    return EpollIoHandler.newFactory(TURN, DefaultSelectStrategyFactory.INSTANCE);
  }

  /** Has a server use them. */
  NettyServerBuilder serve(NettyServerBuilder server) {
    return server
        .bossEventLoopGroup(group)
        .workerEventLoopGroup(group)
        .channelType(EPOLL ? EpollServerSocketChannel.class : NioServerSocketChannel.class);
  }

  /** Does it later if one of them asks, at once if another thread does. */
  @Override
  public void execute(Runnable step) {
    EventExecutor thread = own.get();
    if (thread == null) {
      step.run();
    } else {
      thread.execute(step);
    }
  }

  /** Lets them go when what is on its way has been written. Idempotent. */
  @Override
  public void close() {
    group.shutdownGracefully(0, STOP_MILLIS, TimeUnit.MILLISECONDS);
  }
}
