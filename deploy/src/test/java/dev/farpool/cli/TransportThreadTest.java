package dev.farpool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Channels that a thread of the transport watches. */
@Timeout(30)
class TransportThreadTest {
  private static final int PATIENCE_SECONDS = 20;

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("transport-test", true), NioIoHandler.newFactory());
  private final TransportThread thread = new TransportThread(group.next());
  private final BlockingQueue<String> read = new LinkedBlockingQueue<>();
  private Pipe pipe;

  @BeforeEach
  void open() throws Exception {
    pipe = Pipe.open();
    pipe.source().configureBlocking(false);
  }

  @AfterEach
  void close() throws Exception {
    pipe.sink().close();
    pipe.source().close();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private void read() {
    try {
      pipe.source().read(ByteBuffer.allocate(10));
      read.add(Thread.currentThread().getName());
    } catch (IOException broken) {
      read.add(broken.toString());
    }
  }

  private void write() throws Exception {
    pipe.sink().write(ByteBuffer.wrap(new byte[1]));
  }

  private String awaitRead() throws InterruptedException {
    return read.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void whatAChannelBringsIsReadOnTheThreadOfTheTransport() throws Exception {
    thread.watch(pipe.source(), SelectionKey.OP_READ, this::read);

    write();

    String name = awaitRead();
    assertNotNull(name, "nothing was read");
    assertEquals("transport-test", name.substring(0, "transport-test".length()));
  }

  @Test
  void anInterestThatComesBackIsSeen() throws Exception {
    SelectionKey key = thread.watch(pipe.source(), 0, this::read);
    write();

    key.interestOps(SelectionKey.OP_READ);
    thread.execute(() -> {});

    assertNotNull(awaitRead(), "nothing was read");
  }

  @Test
  void itWatchesFromItsOwnThreadToo() throws Exception {
    BlockingQueue<SelectionKey> keys = new LinkedBlockingQueue<>();
    thread.execute(
        () -> {
          try {
            keys.add(thread.watch(pipe.source(), SelectionKey.OP_READ, this::read));
          } catch (IOException broken) {
            read.add(broken.toString());
          }
        });
    assertNotNull(keys.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), "it does not watch");

    write();

    assertNotNull(awaitRead(), "nothing was read");
  }
}
