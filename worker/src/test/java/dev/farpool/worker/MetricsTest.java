package dev.farpool.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.farpool.common.MetricsPage;
import dev.farpool.worker.testing.WorkerHarness;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus gets from a worker with real executors. */
@Timeout(60)
class MetricsTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "metrics.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_0-9]+)` \\| (\\w+) \\|");
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$");

  @TempDir private Path directory;

  @Test
  void attemptsAndExecutorsAreSeenAndTheDocumentListsAll() throws Exception {
    try (WorkerHarness harness = new WorkerHarness(directory, 2);
        MetricsPage<?> metrics = harness.worker.metrics()) {
      harness.open(harness.spec()).call(1, "echo", "a", "b", "c");
      harness.encoded(3, 0);

      String page = scrape(metrics);

      assertLine(page, "farpool_agent_slots{state=\"free\"} 2.0");
      assertLine(page, "farpool_agent_executors{state=\"pool\"} 1.0");
      assertLine(page, "farpool_agent_executors_started_total 1.0");
      assertLine(page, "farpool_agent_executors_died_total 0.0");
      assertLine(page, "farpool_agent_attempts_total 3.0");
      assertLine(page, "farpool_agent_connected 1.0");
      assertEquals(documented("\n## Of a worker"), families(page, "farpool_"));
      Set<String> undocumented = families(page, "");
      undocumented.removeAll(documented("\n## Of the coordinator"));
      assertEquals(Set.of(), undocumented, "add them to docs/metrics.md");
    }
  }

  private static String scrape(MetricsPage<?> metrics) throws Exception {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/metrics", metrics);
    http.start();
    try {
      URI address = URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/metrics");
      HttpResponse<String> response =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
      assertEquals(200, response.statusCode(), response::body);
      return response.body();
    } finally {
      http.stop(0);
    }
  }

  private static void assertLine(String page, String line) {
    assertTrue(page.lines().anyMatch(line::equals), () -> "no line " + line + " in\n" + page);
  }

  private static Set<String> families(String page, String prefix) {
    return TYPE.matcher(page)
        .results()
        .map(type -> type.group(1) + " " + type.group(2))
        .filter(family -> family.startsWith(prefix))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What the document lists from a heading on. */
  private static Set<String> documented(String heading) throws Exception {
    String document = Files.readString(DOCUMENT);
    return ROW.matcher(document.substring(document.indexOf(heading)))
        .results()
        .map(row -> row.group(1) + " " + row.group(2))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
