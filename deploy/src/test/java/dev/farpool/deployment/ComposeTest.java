package dev.farpool.deployment;

import static dev.farpool.deployment.DeploymentFiles.at;
import static dev.farpool.deployment.DeploymentFiles.list;
import static dev.farpool.deployment.DeploymentFiles.map;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The image and the cluster of containers on one host. */
class ComposeTest {
  private static final Path COMPOSE = Path.of("container", "compose.yaml");

  @ParameterizedTest
  @ValueSource(strings = {"coordinator", "worker-1", "worker-2"})
  void optionsAreThoseOfTheCommand(String service) throws IOException {
    assertTrue(service.startsWith(command(service).name()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"worker-1", "worker-2"})
  void workerIsKilledOnlyAfterItHadTimeToDrain(String worker) throws IOException {
    long grace = DeploymentFiles.seconds(at(service(worker), "stop_grace_period"));

    assertTrue(grace >= command(worker).seconds("drain-timeout") + 15, grace + " s");
    assertEquals("coordinator:7400", command(worker).options().get("coordinator"));
  }

  @Test
  void portsArePublishedToThisHostOnly() throws IOException {
    for (Object port : list(at(service("coordinator"), "ports"))) {
      assertTrue(port.toString().startsWith("127.0.0.1:"), port.toString());
    }
  }

  @Test
  void imageRunsTheCommandAsNobodyInParticular() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("container", "Dockerfile"));

    assertTrue(lines.contains("USER 10001:10001"));
    assertTrue(lines.contains("ENTRYPOINT [\"tini\", \"--\", \"farpool\"]"));
    String health = "CMD [\"farpool\", \"health\"]";
    assertTrue(
        lines.stream().anyMatch(line -> line.startsWith("HEALTHCHECK ") && line.endsWith(health)));
    assertEquals("health", FarpoolCommand.of(List.of("health"), Map.of()).name());
  }

  private static FarpoolCommand command(String service) throws IOException {
    Map<String, String> environment = new HashMap<>();
    map(map(service(service)).getOrDefault("environment", Map.of()))
        .forEach((name, value) -> environment.put(name, value.toString()));
    List<String> words =
        list(at(service(service), "command")).stream().map(Object::toString).toList();
    return FarpoolCommand.of(words, environment);
  }

  private static Object service(String name) throws IOException {
    return at(DeploymentFiles.documents(COMPOSE).get(0), "services", name);
  }
}
