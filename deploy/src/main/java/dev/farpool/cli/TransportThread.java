package dev.farpool.cli;

import dev.farpool.worker.exec.ChannelThread;
import io.grpc.netty.shaded.io.netty.channel.IoEventLoop;
import io.grpc.netty.shaded.io.netty.channel.IoRegistration;
import io.grpc.netty.shaded.io.netty.channel.nio.NioSelectableChannelIoHandle;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;

/** Has a thread of the transport, one with a selector, watch other channels too. */
final class TransportThread implements ChannelThread {
  private final IoEventLoop loop;

  TransportThread(IoEventLoop loop) {
    this.loop = loop;
  }

  @Override
  public SelectionKey watch(SelectableChannel channel, int interest, Runnable ready)
      throws IOException {
    IoRegistration registration =
        loop.register(new Watched(channel, ready)).syncUninterruptibly().getNow();
    SelectionKey key = registration.attachment();
    key.interestOps(interest);
    execute(() -> {}); // Looks at the interest.
    return key;
  }

  @Override
  public void execute(Runnable task) {
    loop.execute(task);
  }

  /** It is the transport's, which goes on. */
  @Override
  public void close() {
    // Nothing of its own.
  }

  private static final class Watched extends NioSelectableChannelIoHandle<SelectableChannel> {
    private final Runnable ready;

    Watched(SelectableChannel channel, Runnable ready) {
      super(channel);
      this.ready = ready;
    }

    @Override
    protected void handle(SelectableChannel channel, SelectionKey key) {
      ready.run();
    }
  }
}
