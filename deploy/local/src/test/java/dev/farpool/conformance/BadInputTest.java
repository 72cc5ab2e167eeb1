package dev.farpool.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.AsyncResult;
import dev.farpool.Cluster;
import dev.farpool.Pool;
import dev.farpool.PoolBrokenException;
import dev.farpool.SerializableCallable;
import dev.farpool.SerializableFunction;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

/** What the public methods refuse, and how they say so. */
@Timeout(60)
class BadInputTest {
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster(1);

  @Test
  void nullsAreRefusedByName() {
    Pool pool = CLUSTER.warm();
    SerializableCallable<Object> noCallable = null;
    SerializableFunction<Object, Object> noFunction = null;

    assertNamed("function", () -> pool.applyAsync(noCallable));
    assertNamed("function", () -> pool.map(noFunction, List.of(1)));
    assertNamed("items", () -> pool.map(x -> x, null));
    assertNamed("items", () -> pool.imap(x -> x, null));
    assertNamed("initializer", () -> CLUSTER.cluster().newPool().initializer(null));
    assertNamed("target", () -> CLUSTER.cluster().newProcess(null));
  }

  @Test
  void noCoordinatorThereIsSaidAfterABoundedTime() throws Exception {
    String address;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = "127.0.0.1:" + free.getLocalPort();
    }

    String message =
        assertThrows(
                RuntimeException.class,
                () ->
                    Cluster.builder()
                        .coordinator(address)
                        .connectTimeout(Duration.ofMillis(500))
                        .connect())
            .getMessage();

    assertTrue(message.contains(address), message);
  }

  @Test
  void aMalformedAddressIsRefused() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Cluster.connect("nowhere")).getMessage();

    assertTrue(message.contains("HOST:PORT") && message.contains("nowhere"), message);
  }

  @Test
  void executorsThatCannotStartBreakThePool() {
    Pool pool = CLUSTER.cluster().newPool().processes(1).jvmOptions("-Xmx1nonsense").build();
    AsyncResult<Integer> result = pool.applyAsync(() -> 1);

    Throwable broken =
        assertThrows(ExecutionException.class, () -> result.get(Marks.PATIENCE)).getCause();

    assertInstanceOf(PoolBrokenException.class, broken);
    assertTrue(broken.getMessage().contains("Xmx1nonsense"), broken::getMessage);
  }

  @Test
  void aLocalClusterNeedsACore() {
    assertEquals(
        "cores must be 1 to 100000, not 0",
        assertThrows(IllegalArgumentException.class, () -> Cluster.local(0)).getMessage());
  }

  private static void assertNamed(String parameter, Executable call) {
    String message = assertThrows(NullPointerException.class, call).getMessage();
    assertTrue(message != null && message.contains(parameter), () -> parameter + ": " + message);
  }
}
