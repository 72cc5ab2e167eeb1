package dev.farpool.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class PatientChannelTest {
  private static final int FAILED = -2;

  @TempDir Path temp;
  private final BlockingQueue<Integer> read = new LinkedBlockingQueue<>();
  private SocketChannel agent;
  private PatientChannel channel;
  private Thread reader;

  @BeforeEach
  void connect() throws IOException {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(temp.resolve("s"));
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(address);
      channel = new PatientChannel(SocketChannel.open(address));
      agent = server.accept();
    }
    reader = new Thread(this::readAll);
    reader.setDaemon(true);
    reader.start();
  }

  @AfterEach
  void close() throws IOException {
    agent.close();
    channel.close();
  }

  private void readAll() {
    try {
      int length;
      do {
        length = channel.read(ByteBuffer.allocate(100));
        read.add(length);
      } while (length >= 0);
    } catch (IOException broken) {
      read.add(FAILED);
    }
  }

  @Test
  void anInterruptDoesNotEndTheReading() throws Exception {
    reader.interrupt();
    agent.write(ByteBuffer.allocate(3));

    assertEquals(3, read.take());
  }

  @Test
  void whoLeavesReadsOnButNotInsideASystemCall() throws Exception {
    channel.leave();

    while (reader.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    agent.write(ByteBuffer.allocate(5));
    assertEquals(5, read.take());
    agent.close();
    assertEquals(-1, read.take());
  }
}
