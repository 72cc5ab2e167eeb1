package dev.farpool.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real executors whose agent is a test that falls silent, or goes. */
@Timeout(60)
class DeadmanTest {
  @TempDir Path temp;
  private Path doomed;
  private ServerSocketChannel agent;

  @BeforeEach
  void listen() throws IOException {
    doomed = Files.createDirectory(temp.resolve("doomed"));
    agent = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    agent.bind(UnixDomainSocketAddress.of(doomed.resolve("socket")));
  }

  @AfterEach
  void close() throws IOException {
    agent.close();
  }

  private Process start(long leaseMillis) throws IOException {
    Path claims = Files.write(doomed.resolve("claims"), new byte[Claims.PAGE_BYTES]);
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            doomed.resolve("socket").toString(),
            "mark",
            Long.toString(leaseMillis),
            claims.toString(),
            doomed.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Lets an executor in, and hears its greeting. */
  private SocketChannel greeted() throws IOException {
    SocketChannel channel = agent.accept();
    channel.read(ByteBuffer.allocate(100));
    return channel;
  }

  /** An executor whose connections its agent has closed. */
  private Process hungUpOn() throws IOException {
    Process executor = start(60_000);
    SocketChannel control = greeted();
    SocketChannel tasks = greeted();
    control.close();
    tasks.close();
    return executor;
  }

  private static void assertEnded(Process executor) throws InterruptedException {
    try {
      assertTrue(executor.waitFor(30, TimeUnit.SECONDS));
      assertEquals(Deadman.EXIT_AGENT_GONE, executor.exitValue());
    } finally {
      executor.destroyForcibly();
    }
  }

  @Test
  void whenTheAgentIsGoneItsDirectoryGoesToo() throws Exception {
    Process executor = start(60_000);
    SocketChannel control = greeted();
    SocketChannel tasks = greeted();
    agent.close();
    control.close();
    tasks.close();

    assertEnded(executor);
    assertFalse(Files.exists(doomed));
  }

  @Test
  void anAgentThatAnswersWhileItDiesIsGoneAsWell() throws Exception {
    Process executor = hungUpOn();
    agent.accept().close();
    agent.close();

    assertEnded(executor);
    assertFalse(Files.exists(doomed));
  }

  @Test
  void anAgentThatOnlyHungUpKeepsItsDirectory() throws Exception {
    Process executor = hungUpOn();

    assertEnded(executor);
    assertTrue(Files.exists(doomed.resolve("socket")));
  }

  @Test
  void anAgentThatIsSilentKeepsItsDirectory() throws Exception {
    Process executor = start(1000);
    try (SocketChannel control = greeted();
        SocketChannel tasks = greeted()) {
      assertTrue(control.isOpen() && tasks.isOpen());
      assertEnded(executor);
    }
    assertTrue(Files.exists(doomed.resolve("socket")));
  }
}
