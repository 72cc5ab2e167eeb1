package dev.farpool.grpc;

import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The threads that read from and write to a client's connections, and end with them. Those that
 * gRPC shares among all channels of a JVM stay for a second more, inside a system call, and a JVM
 * that exits waits for such threads: every short program would end 300 ms later. Thread-safe.
 */
public final class ConnectionThreads implements AutoCloseable {
  private static final boolean EPOLL = Epoll.isAvailable();
  private static final int STOP_MILLIS = 1_000;

  /** A channel may be about to plan something while it is shut down. They sleep in this time. */
  private static final int QUIET_MILLIS = 100;

  private final EventLoopGroup group;

  /**
   * @param most how many; each starts when there is a connection for it
   */
  public ConnectionThreads(int most) {
    group =
        new MultiThreadIoEventLoopGroup(
            most,
            new DefaultThreadFactory("farpool-connection", true),
            EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  }

  /** Has a channel use them. */
  public NettyChannelBuilder serve(NettyChannelBuilder channel) {
    return channel
        .eventLoopGroup(group)
        .channelType(EPOLL ? EpollSocketChannel.class : NioSocketChannel.class);
  }

  /** Lets them go when what is on its way has been written. Idempotent. */
  @Override
  public void close() {
    group.shutdownGracefully(QUIET_MILLIS, STOP_MILLIS, TimeUnit.MILLISECONDS);
  }
}
