package dev.farpool.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.farpool.chaos.kit.Launched;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the processes of a cluster tell to programs that watch them. */
@Timeout(120)
class MonitoringIT extends Sandboxed {
  @Test
  void theLogIsJsonWhenAskedFor() throws Exception {
    Launched coordinator =
        sandbox.farpool("coordinator", "--listen", "127.0.0.1:0", "--log-format", "json");
    String address = coordinator.awaitLine("farpool coordinator: listening on (.*)").group(1);

    String line = coordinator.awaitErrorLine(".*listening.*").group();

    JsonObject event = JsonParser.parseString(line).getAsJsonObject();
    assertEquals("listening", event.get("event").getAsString());
    assertEquals(address, event.get("address").getAsString());
    assertEquals("INFO", event.get("level").getAsString());
  }

  @Test
  void aWorkerAnswersPrometheusWhenAskedFor() throws Exception {
    String address = sandbox.coordinator();
    Launched worker =
        sandbox.farpool("worker", "--coordinator", address, "--metrics", "127.0.0.1:0");
    String page = worker.awaitLine("farpool worker .*: metrics at (http://\\S+)").group(1);
    worker.awaitLine("farpool worker .*: .* attached to .*");

    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(page)).build(),
                HttpResponse.BodyHandlers.ofString());

    assertEquals(200, answer.statusCode());
    assertTrue(answer.body().contains("farpool_agent_connected 1.0"), answer::body);
    worker.terminate();
    worker.exits(0);
  }

  @Test
  void theDistributionBringsDashboardAndAlerts() {
    assertTrue(Files.exists(sandbox.home().resolve("grafana/farpool.json")));
    assertTrue(Files.exists(sandbox.home().resolve("prometheus/rules.yml")));
  }
}
