package dev.farpool;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.fake.FakeCoordinator;
import dev.farpool.fake.Gateway;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The link over real connections that fail. */
@Timeout(value = 60, unit = SECONDS)
class TcpLinkTest {
  private final FakeCoordinator coordinator = new FakeCoordinator(2);
  private Gateway gateway;

  @BeforeEach
  void serve() throws IOException {
    Gate.shut();
    gateway = new Gateway(coordinator);
  }

  @AfterEach
  void close() throws IOException {
    Gate.open();
    gateway.close();
  }

  private static String refusalBy(String address, Duration timeout) {
    ClusterBuilder builder = Cluster.builder().coordinator(address).connectTimeout(timeout);
    long start = System.nanoTime();
    String message = assertThrows(ClusterUnreachableException.class, builder::connect).getMessage();
    assertWithin(timeout.plusSeconds(1), start);
    assertTrue(message.contains(address), message);
    return message;
  }

  @Test
  void whoAcceptsAndNeverAnswersIsGivenUpInTime() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      refusalBy("127.0.0.1:" + silent.getLocalPort(), Duration.ofMillis(500));
    }
  }

  @Test
  void whoResetsConnectionsIsGivenUpInTime() throws Exception {
    try (ServerSocket resetting = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread acceptor = new Thread(() -> resetAll(resetting), "resetting");
      acceptor.setDaemon(true);
      acceptor.start();
      refusalBy("127.0.0.1:" + resetting.getLocalPort(), Duration.ofMillis(500));
    }
  }

  private static void resetAll(ServerSocket listener) {
    try {
      while (true) {
        Socket socket = listener.accept();
        socket.setSoLinger(true, 0);
        socket.close();
      }
    } catch (IOException closed) {
      return; // By the end of the test.
    }
  }

  @Test
  void whoServesSomethingElseIsNamedAtOnce() throws Exception {
    Server server = NettyServerBuilder.forPort(0).addService(coordinator.status()).build().start();
    try {
      String message = refusalBy("127.0.0.1:" + server.getPort(), Duration.ofSeconds(20));
      assertTrue(message.contains("no Farpool coordinator or an older one"), message);
    } finally {
      server.shutdownNow();
    }
  }

  @Test
  void resetsInMidMessageLoseNothingAndRepeatNothing() throws Exception {
    Gate.open();
    FakeCoordinator.EXECUTED.set(0);
    try (Cluster cluster = Cluster.connect(gateway.address())) {
      Pool pool = cluster.pool(2);
      gateway.resetAfter(120_000);
      List<AsyncResult<byte[]>> results = new ArrayList<>();
      for (int i = 0; i < 3000; i++) {
        results.add(pool.applyAsync(x -> new byte[100], i));
      }
      for (AsyncResult<byte[]> result : results) {
        assertEquals(100, result.get().length);
      }
      assertEquals(3000, FakeCoordinator.EXECUTED.get());
      gateway.resetAfter(Long.MAX_VALUE);
      pool.closeAndJoin();
    }
  }

  @Test
  void aConnectionThatCarriesNothingIsReplaced() throws Exception {
    coordinator.grace = Duration.ofMillis(600);
    try (Cluster cluster = Cluster.connect(gateway.address())) {
      Pool pool = cluster.pool(2);
      AsyncResult<Integer> result = pool.applyAsync(Gate::pass, 3);
      gateway.stall();
      Gate.open();
      assertEquals(3, result.get());
    }
  }

  @Test
  void aSilentCoordinatorDelaysNoCallBeyondItsBound() throws Exception {
    Cluster cluster = Cluster.connect(gateway.address());
    AsyncResult<Integer> result = cluster.pool(2).applyAsync(Gate::pass, 3);
    gateway.stall();

    long start = System.nanoTime();
    Duration timeout = Duration.ofMillis(200);
    assertThrows(TimeoutException.class, () -> result.get(timeout));
    assertWithin(timeout.plusSeconds(2), start); // The explanation may take a second.

    long closing = System.nanoTime();
    cluster.close();
    assertWithin(Duration.ofSeconds(6), closing);
    assertThrows(ExecutionException.class, result::get);
  }

  private static void assertWithin(Duration bound, long start) {
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    assertTrue(taken.compareTo(bound) < 0, () -> "it took " + taken);
  }

  @Test
  void aWaitDuringAnOutageIsToldOfIt() throws Exception {
    Cluster cluster = Cluster.connect(gateway.address());
    AsyncResult<Integer> result = cluster.pool(2).applyAsync(Gate::pass, 3);
    gateway.close();
    String message = "";
    while (!message.contains("no connection to the coordinator at " + gateway.address())) {
      message =
          assertThrows(TimeoutException.class, () -> result.get(Duration.ofMillis(100)))
              .getMessage();
    }
    assertTrue(message.contains("trying again"), message);
    cluster.close();
  }
}
