package dev.farpool.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.farpool.common.HostPort;
import dev.farpool.coordinator.grpc.Streams;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.ClusterServiceGrpc;
import dev.farpool.v1.GetStatusRequest;
import dev.farpool.v1.GetStatusResponse;
import dev.farpool.v1.WorkerStatus;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A thousand workers that all come in the same moment, as after a restart of the coordinator. */
@Timeout(60)
class HerdTest {
  private static final int WORKERS = 1000;

  @TempDir private Path directory;
  private CoordinatorServer server;
  private ManagedChannel first;
  private ManagedChannel second;

  @BeforeEach
  void start() throws IOException {
    ((Logger) LoggerFactory.getLogger(Streams.class)).setLevel(Level.ERROR); // They take over.
    server =
        CoordinatorServer.start(
            CoordinatorConfig.of(directory)
                .withListen(new HostPort("127.0.0.1", 0))
                .withLease(Duration.ofMinutes(1))); // They say nothing more.
    first = channel();
    second = channel();
  }

  private ManagedChannel channel() {
    return NettyChannelBuilder.forAddress("127.0.0.1", server.address().port())
        .usePlaintext()
        .build();
  }

  @AfterEach
  void stop() {
    ((Logger) LoggerFactory.getLogger(Streams.class)).setLevel(null);
    first.shutdownNow();
    second.shutdownNow();
    server.close();
  }

  @Test
  void allAreRegisteredAndAgainWhenTheyComeBackOnOtherConnections() throws InterruptedException {
    List<StubWorker> before = registerAll(first);
    assertAllActive();

    registerAll(second);

    assertAllActive();
    for (StubWorker worker : before) {
      assertEquals(Status.Code.UNAVAILABLE, Status.fromThrowable(worker.errors.take()).getCode());
    }
  }

  @Test
  void aScrapeCountsThemAll() throws Exception {
    registerAll(first);

    try (Scraper scraper = new Scraper(server)) {
      String page = scraper.page();
      assertTrue(page.contains("farpool_workers{state=\"active\"} 1000.0"), page);
      assertTrue(page.contains("farpool_worker_slots{state=\"free\"} 64000.0"), page);
    }
  }

  private static List<StubWorker> registerAll(ManagedChannel channel) throws InterruptedException {
    List<StubWorker> workers = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      StubWorker worker = new StubWorker(channel);
      worker.send(
          AttachRequest.newBuilder().setRegister(StubWorker.registration("w" + i).setCores(64)));
      workers.add(worker);
    }
    for (StubWorker worker : workers) {
      assertTrue(worker.received.take().hasRegistered());
    }
    return workers;
  }

  private void assertAllActive() {
    GetStatusResponse status =
        ClusterServiceGrpc.newBlockingStub(first).getStatus(GetStatusRequest.getDefaultInstance());
    long active =
        status.getWorkersList().stream()
            .filter(worker -> worker.getState() == WorkerStatus.State.STATE_ACTIVE)
            .count();
    assertEquals(WORKERS, active);
  }
}
