package dev.farpool.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.common.Protocol;
import dev.farpool.coordinator.access.AnyCall;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.CreatePoolRequest;
import dev.farpool.v1.OpenSessionRequest;
import dev.farpool.v1.PoolServiceGrpc;
import dev.farpool.v1.PoolSpec;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many bad calls of people without rights, and somebody with rights beside them. */
@Timeout(30)
class StrangersTest {
  private static final long SEED = 20260101;
  private static final int CALLS = 300;

  /** What proves nothing here: nobody's, the wrong scheme, malformed, and none at all. */
  private static final List<String> WRONG =
      List.of(
          "Bearer nobody",
          "Bearer client",
          "Bearer ",
          "Bearer  client/alice",
          "Basic Y2xpZW50L2FsaWNl",
          "client/alice",
          "");

  private static final Set<Status.Code> PROPER =
      Set.of(Status.Code.UNAUTHENTICATED, Status.Code.PERMISSION_DENIED);

  @TempDir Path directory;
  private GatedCoordinator coordinator;

  @BeforeEach
  void start() throws IOException {
    coordinator = new GatedCoordinator(directory);
  }

  @AfterEach
  void stop() {
    coordinator.close();
  }

  @Test
  void everyBadCallIsRefusedProperlyAndHurtsNobodyBeside() throws Exception {
    StubWorker worker = new StubWorker(coordinator.as("worker/w1"));
    worker.send(AttachRequest.newBuilder().setRegister(StubWorker.registration("w1")));
    assertTrue(worker.received.take().hasRegistered());
    Random random = new Random(SEED);
    List<MethodDescriptor<?, ?>> methods =
        coordinator.methods().stream()
            .filter(method -> !method.getFullMethodName().endsWith("Health/Check"))
            .toList();

    for (int i = 0; i < CALLS; i++) {
      MethodDescriptor<?, ?> method = methods.get(i % methods.size());
      String header = header(random);

      Status status = AnyCall.make(coordinator.stranger(), method, bytes(random), header);

      int call = i;
      assertTrue(
          PROPER.contains(status.getCode()),
          () ->
              "call "
                  + call
                  + " of "
                  + method.getFullMethodName()
                  + " with "
                  + header
                  + ": "
                  + status);
      if (i % 50 == 0) {
        assertServed();
      }
    }
    assertServed();
    assertTrue(worker.errors.isEmpty());
  }

  /** None, one of those above, or noise. */
  private static String header(Random random) {
    int which = random.nextInt(WRONG.size() + 2);
    if (which < WRONG.size()) {
      return WRONG.get(which);
    }
    byte[] noise = new byte[random.nextInt(100)];
    random.nextBytes(noise);
    return which == WRONG.size()
        ? null
        : "Bearer " + new String(noise, StandardCharsets.US_ASCII).replaceAll("[^!-~]", "x");
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(2_000)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Somebody with rights is served as if nobody else were there. */
  private void assertServed() {
    Channel alice = coordinator.as("client/alice");
    var pools = PoolServiceGrpc.newBlockingStub(alice);
    String session =
        pools
            .openSession(OpenSessionRequest.newBuilder().setProtocol(Protocol.RANGE).build())
            .getSessionId();
    String pool =
        pools
            .createPool(
                CreatePoolRequest.newBuilder()
                    .setSessionId(session)
                    .setSpec(PoolSpec.newBuilder().setProcesses(1))
                    .build())
            .getPoolId();
    assertEquals(36, pool.length());
  }
}
