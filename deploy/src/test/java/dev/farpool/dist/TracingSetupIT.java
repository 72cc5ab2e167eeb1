package dev.farpool.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.chaos.kit.Launched;
import dev.farpool.dist.traces.CollectedSpan;
import dev.farpool.dist.traces.Collector;
import dev.farpool.dist.traces.TracedCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whether and where processes send spans, as the environment says. */
@Timeout(120)
class TracingSetupIT extends Sandboxed {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";
  private static final String CALLER = "00-" + TRACE + "-" + PARENT + "-01";

  private Collector collector;

  @BeforeEach
  void openCollector() throws IOException {
    collector = new Collector();
  }

  @AfterEach
  void closeCollector() {
    collector.close();
  }

  @Test
  void spansGoByHttpWhereThatIsAskedFor() throws Exception {
    TracedCluster cluster =
        new TracedCluster(
            sandbox,
            Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                collector.httpEndpoint(),
                "OTEL_EXPORTER_OTLP_PROTOCOL",
                "http/protobuf",
                "OTEL_SERVICE_NAME",
                "renamed",
                "OTEL_BSP_SCHEDULE_DELAY",
                "50"));

    cluster.exec(Map.of("TRACEPARENT", CALLER), "true").exits(0);

    List<CollectedSpan> spans = collector.await(TRACE, 3);
    assertTrue(spans.stream().allMatch(span -> span.service().equals("renamed")), spans::toString);
    assertEquals(1, spans.stream().filter(span -> span.name().equals("wait exec")).count());
  }

  @Test
  void withoutBeingAskedNothingIsSentAndNothingOfItIsLoaded() throws Exception {
    Path loaded = Files.createDirectory(sandbox.directory().resolve("loaded"));
    Map<String, String> watched =
        Map.of("FARPOOL_JAVA_OPTS", "-Xlog:class+load:file=" + loaded.resolve("%p"));
    TracedCluster cluster = new TracedCluster(sandbox, watched);
    Map<String, String> environment = new HashMap<>(watched);
    environment.put("TRACEPARENT", CALLER);

    // Whoever calls may be traced all the same, and so is what is run.
    Launched exec = cluster.exec(environment, "echo $TRACEPARENT").exits(0);

    assertEquals(List.of(CALLER), exec.out());
    assertEquals(List.of(), collector.spans());
    try (Stream<Path> logs = Files.list(loaded)) {
      List<Path> all = logs.toList();
      assertEquals(3, all.size());
      for (Path log : all) {
        assertTrue(Files.readString(log).contains("dev.farpool.cli.Farpool"), log::toString);
        assertFalse(Files.readString(log).contains("io.opentelemetry"), log::toString);
      }
    }
  }

  @Test
  void whatCannotBeSetUpIsToldAtTheStart() throws Exception {
    Launched coordinator =
        sandbox.launch(
            List.of(
                sandbox.home().resolve("bin/farpool").toString(),
                "coordinator",
                "--listen",
                "127.0.0.1:0"),
            Map.of("OTEL_TRACES_EXPORTER", "pigeon"));

    coordinator.exits(2);
    assertTrue(
        coordinator.err().stream().anyMatch(line -> line.contains("pigeon")),
        coordinator::toString);
  }
}
