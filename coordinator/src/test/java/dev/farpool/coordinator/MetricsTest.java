package dev.farpool.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.common.HostPort;
import dev.farpool.common.Protocol;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.CreatePoolRequest;
import dev.farpool.v1.OpenSessionRequest;
import dev.farpool.v1.PoolServiceGrpc;
import dev.farpool.v1.PoolSpec;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus gets, from a coordinator over TCP. */
@Timeout(30)
class MetricsTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "metrics.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_0-9]+)` \\| (\\w+) \\|");
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$");

  @TempDir private Path directory;
  private CoordinatorServer server;
  private ManagedChannel channel;
  private Scraper scraper;

  @BeforeEach
  void start() throws IOException {
    server =
        CoordinatorServer.start(
            CoordinatorConfig.of(directory).withListen(new HostPort("127.0.0.1", 0)));
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.address().port()).usePlaintext().build();
    scraper = new Scraper(server);
  }

  @AfterEach
  void stop() throws InterruptedException {
    scraper.close();
    channel.shutdownNow();
    server.close();
    assertTrue(channel.awaitTermination(5, TimeUnit.SECONDS));
  }

  @Test
  void aRunTaskIsSeenInTheNumbers() throws Exception {
    StubWorker worker = worker("w1");
    String pool = createPool();
    PoolServiceGrpc.PoolServiceStub pools = PoolServiceGrpc.newStub(channel);
    pools.submit(new Collected<>()).onNext(CoordinatorServerTest.submit(pool, 0, "a", "b"));
    AttachResponse start = worker.received.poll(10, TimeUnit.SECONDS);
    worker.send(AttachRequest.newBuilder().addFinished(StubWorker.echo(start.getStart(0))));
    worker.received.poll(10, TimeUnit.SECONDS); // Its acknowledgement.

    String page = scraper.page();

    assertLine(page, "farpool_tasks_submitted_total 2.0");
    assertLine(page, "farpool_tasks_started_total 2.0");
    assertLine(page, "farpool_tasks_finished_total{outcome=\"succeeded\"} 2.0");
    assertLine(page, "farpool_task_wait_seconds_count 2");
    assertLine(page, "farpool_task_wait_seconds_bucket{le=\"+Inf\"} 2");
    assertLine(page, "farpool_worker_slots{state=\"free\"} 2.0");
    assertLine(page, "farpool_workers{state=\"active\"} 1.0");
    assertLine(page, "farpool_pools{state=\"run\"} 1.0");
    assertLine(page, "farpool_sessions 1.0");
  }

  @Test
  void theDocumentListsWhatThereIs() throws Exception {
    worker("w1");
    createPool();

    Set<String> exposed = families(scraper.page());

    Set<String> undocumented = new TreeSet<>(exposed);
    undocumented.removeAll(documented());
    assertEquals(Set.of(), undocumented, "add them to docs/metrics.md");
    Set<String> missing = new TreeSet<>(documented());
    missing.removeAll(exposed);
    // These appear with the first collection that they are about.
    missing.removeIf(row -> row.matches("jvm_gc_(pause|concurrent)_.*"));
    assertEquals(Set.of(), missing, "docs/metrics.md tells of them");
  }

  private static Set<String> families(String page) {
    return TYPE.matcher(page)
        .results()
        .map(type -> type.group(1) + " " + type.group(2))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> documented() throws IOException {
    String document = Files.readString(DOCUMENT);
    return ROW.matcher(document.substring(0, document.indexOf("\n## Of a worker")))
        .results()
        .map(row -> row.group(1) + " " + row.group(2))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void assertLine(String page, String line) {
    assertTrue(page.lines().anyMatch(line::equals), () -> "no line " + line + " in\n" + page);
  }

  private StubWorker worker(String name) throws InterruptedException {
    StubWorker worker = new StubWorker(channel);
    worker.send(AttachRequest.newBuilder().setRegister(StubWorker.registration(name)));
    assertTrue(worker.received.poll(10, TimeUnit.SECONDS).hasRegistered());
    return worker;
  }

  private String createPool() {
    PoolServiceGrpc.PoolServiceBlockingStub pools =
        PoolServiceGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
    String session =
        pools
            .openSession(OpenSessionRequest.newBuilder().setProtocol(Protocol.RANGE).build())
            .getSessionId();
    return pools
        .createPool(
            CreatePoolRequest.newBuilder()
                .setSessionId(session)
                .setSpec(PoolSpec.newBuilder().setProcesses(2))
                .build())
        .getPoolId();
  }
}
