package dev.farpool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.common.HostPort;
import dev.farpool.v1.ClusterServiceGrpc;
import dev.farpool.v1.GetStatusRequest;
import dev.farpool.v1.GetStatusResponse;
import io.grpc.InsecureChannelCredentials;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AddressListResolverTest {
  private static final GetStatusResponse STATUS =
      GetStatusResponse.newBuilder().setCoordinatorVersion("7").build();

  private static final Logger GRPC = Logger.getLogger("io.grpc");

  /** It warns of names that cannot be resolved, which is what a test here is about. */
  @BeforeAll
  static void quiet() {
    GRPC.setLevel(Level.SEVERE);
  }

  @Test
  void addressesAreTriedInTurn() throws Exception {
    try (FakeCluster cluster = FakeCluster.telling(STATUS)) {
      assertEquals("7", versionAt("127.0.0.1:1,[::1]:1," + cluster.address()));
    }
  }

  @Test
  void unknownHostIsNamed() {
    StatusRuntimeException failure =
        assertThrows(StatusRuntimeException.class, () -> versionAt("nowhere.invalid:1"));

    assertTrue(failure.getMessage().contains("there is no host nowhere.invalid"));
  }

  private static String versionAt(String addresses) {
    try (WorkerChannels channels =
        new WorkerChannels(HostPort.parseList(addresses), InsecureChannelCredentials.create())) {
      return ClusterServiceGrpc.newBlockingStub(channels.control())
          .withDeadlineAfter(20, TimeUnit.SECONDS)
          .getStatus(GetStatusRequest.getDefaultInstance())
          .getCoordinatorVersion();
    }
  }
}
