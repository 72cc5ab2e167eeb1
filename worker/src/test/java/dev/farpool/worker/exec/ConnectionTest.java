package dev.farpool.worker.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.executor.frame.FrameWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ConnectionTest {
  private static final int LARGE = 3_000_001;
  private static final int SOCKET_BYTES = 64 * 1024;

  @Test
  void whatTheSocketDoesNotTakeAtOnceArrivesInOrder() throws Exception {
    try (ServerSocketChannel server = ServerSocketChannel.open();
        Selector selector = Selector.open()) {
      // A size that is set does not grow: the socket cannot take everything at once.
      server.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BYTES);
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      try (SocketChannel ours = SocketChannel.open(server.getLocalAddress());
          SocketChannel theirs = server.accept()) {
        ours.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BYTES);
        ours.configureBlocking(false);
        Connection connection = new Connection(ours);
        SelectionKey key = ours.register(selector, SelectionKey.OP_READ);
        connection.registered(key);

        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        sendAll(connection, sent);
        assertTrue(asksToWrite(key), "the socket took everything at once");
        CompletableFuture<byte[]> read =
            CompletableFuture.supplyAsync(() -> read(theirs, sent.size()));
        while (asksToWrite(key)) {
          selector.select();
          selector.selectedKeys().clear();
          connection.flush();
        }

        assertArrayEquals(sent.toByteArray(), read.get());
      }
    }
  }

  /** Frames with nothing, with little and with much behind them. */
  private static void sendAll(Connection connection, ByteArrayOutputStream sent) {
    Random random = new Random(1);
    for (int length : new int[] {0, 1, LARGE, 0, 300, LARGE, 1, LARGE}) {
      byte[] rest = new byte[length];
      random.nextBytes(rest);
      FrameWriter frame = new FrameWriter();
      frame.begin((byte) 1).putInt(length).end(length);
      sent.writeBytes(frame.toByteArray());
      sent.writeBytes(rest);
      connection.send(frame, List.of(ByteBuffer.wrap(rest)));
    }
  }

  private static boolean asksToWrite(SelectionKey key) {
    return (key.interestOps() & SelectionKey.OP_WRITE) != 0;
  }

  private static byte[] read(SocketChannel channel, int length) {
    try {
      return Channels.newInputStream(channel).readNBytes(length);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
