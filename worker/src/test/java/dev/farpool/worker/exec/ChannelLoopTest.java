package dev.farpool.worker.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.executor.frame.ChannelKind;
import dev.farpool.executor.frame.FrameType;
import dev.farpool.executor.frame.FrameWriter;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How executors are let in. */
@Timeout(20)
class ChannelLoopTest {
  @TempDir Path directory;
  private final ChildExecutor executor = new ChildExecutor(1, "secret", Path.of("nowhere"));
  private ChannelLoop loop;

  @BeforeEach
  void start() throws IOException {
    Map<String, ChildExecutor> executors = Map.of(executor.mark(), executor);
    loop =
        new ChannelLoop(directory.resolve("socket"), executors::get, broken -> {}, command -> {});
    loop.start();
  }

  @AfterEach
  void stop() {
    loop.close();
  }

  /** Says hello, and gives what comes back: -1 is the end. */
  private int greet(FrameWriter hello) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(directory.resolve("socket")));
      channel.write(hello.view());
      return channel.read(ByteBuffer.allocate(1));
    }
  }

  private static FrameWriter hello(String mark) {
    FrameWriter hello = new FrameWriter();
    return hello.begin(FrameType.HELLO).putByte(ChannelKind.TASK).putString(mark);
  }

  @Test
  void anExecutorOfAnotherVersionIsToldToTheOperator() throws IOException {
    FrameWriter newer = hello("secret").putInt(FrameType.VERSION + 1);
    newer.end();

    assertEquals(-1, greet(newer));
    assertTrue(executor.stderr().text().contains("restart the worker"), executor.stderr().text());
  }

  @Test
  void anExecutorFromBeforeVersionsIsToldToo() throws IOException {
    FrameWriter older = hello("secret");
    older.end();

    assertEquals(-1, greet(older));
    assertTrue(executor.stderr().text().contains("restart the worker"), executor.stderr().text());
  }

  @Test
  void whoDoesNotKnowTheSecretIsNotLetIn() throws IOException {
    FrameWriter stranger = hello("guess").putInt(FrameType.VERSION);
    stranger.end();

    assertEquals(-1, greet(stranger));
    assertEquals("", executor.stderr().text());
  }
}
