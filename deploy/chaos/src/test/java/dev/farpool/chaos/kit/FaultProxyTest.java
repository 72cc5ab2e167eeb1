package dev.farpool.chaos.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FaultProxyTest {
  private static final int SHORT_MILLIS = 200;

  private ServerSocket target;
  private FaultProxy proxy;

  @BeforeEach
  void start() throws IOException {
    target = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread echo = new Thread(this::serve);
    echo.setDaemon(true);
    echo.start();
    proxy =
        new FaultProxy(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            (InetSocketAddress) target.getLocalSocketAddress(),
            1);
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    target.close();
  }

  /** Sends back what comes in, connection after connection. */
  private void serve() {
    while (!target.isClosed()) {
      try (Socket socket = target.accept()) {
        socket.getInputStream().transferTo(socket.getOutputStream());
      } catch (IOException reset) {
        continue; // The tests do that on purpose; the next connection may do better.
      }
    }
  }

  @Test
  void everythingPassesBothWaysAndEndsWithTheStream() throws IOException {
    byte[] sent = new byte[1 << 20];
    new Random(1).nextBytes(sent);
    try (Socket client = connect()) {
      Thread sender = new Thread(() -> send(client, sent));
      sender.start();

      assertArrayEquals(sent, client.getInputStream().readAllBytes());
    }
  }

  private static void send(Socket client, byte[] bytes) {
    try {
      client.getOutputStream().write(bytes);
      client.shutdownOutput();
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  @Test
  void delayHoldsBytesBack() throws IOException {
    proxy.treat(Treatment.delay(Duration.ofMillis(100), Duration.ofMillis(10)));
    try (Socket client = connect()) {
      long begin = System.nanoTime();
      client.getOutputStream().write(1);
      assertEquals(1, client.getInputStream().read());

      assertTrue(System.nanoTime() - begin >= Duration.ofMillis(200).toNanos());
    }
  }

  @Test
  void throttleHoldsToARate() throws IOException {
    proxy.treat(Treatment.throttle(50_000));
    try (Socket client = connect()) {
      long begin = System.nanoTime();
      client.getOutputStream().write(new byte[10_000]);
      client.shutdownOutput();
      assertEquals(10_000, client.getInputStream().readAllBytes().length);

      assertTrue(System.nanoTime() - begin >= Duration.ofMillis(200).toNanos());
    }
  }

  @Test
  void stallMovesNothingUntilItIsOver() throws IOException {
    try (Socket client = connect()) {
      client.getOutputStream().write(1);
      assertEquals(1, client.getInputStream().read());

      proxy.treat(Treatment.STALL);
      client.setSoTimeout(SHORT_MILLIS);
      client.getOutputStream().write(2);
      assertThrows(SocketTimeoutException.class, () -> client.getInputStream().read());

      proxy.treat(Treatment.PASS);
      client.setSoTimeout(0);
      assertEquals(2, client.getInputStream().read());
    }
  }

  @Test
  void resetComesInTheMiddle() throws IOException {
    proxy.treat(Treatment.reset(1500));
    try (Socket client = connect()) {
      client.getOutputStream().write(new byte[1000]);

      assertThrows(IOException.class, () -> client.getInputStream().readNBytes(1000));
    }
  }

  @Test
  void halfCloseEndsOnlyTheWayToTheClient() throws IOException {
    proxy.treat(Treatment.halfClose(1500));
    try (Socket client = connect()) {
      client.getOutputStream().write(new byte[1000]);

      assertEquals(500, client.getInputStream().readAllBytes().length);
      client.getOutputStream().write(new byte[1000]);
    }
  }

  @Test
  void ignoredClientsAreAcceptedAndNeverAnswered() throws IOException {
    proxy.treat(Treatment.IGNORE);
    try (Socket client = connect()) {
      client.setSoTimeout(SHORT_MILLIS);
      client.getOutputStream().write(1);

      assertThrows(SocketTimeoutException.class, () -> client.getInputStream().read());
    }
  }

  @Test
  void treatmentsAreReadFromWords() {
    assertEquals(Treatment.reset(5), Treatment.parse("reset 5"));
    assertEquals(
        Treatment.delay(Duration.ofMillis(1), Duration.ofMillis(2)), Treatment.parse("delay 1 2"));
    assertThrows(IllegalArgumentException.class, () -> Treatment.parse("bend"));
  }

  private Socket connect() throws IOException {
    String[] address = proxy.address().split(":");
    return new Socket(address[0], Integer.parseInt(address[1]));
  }
}
