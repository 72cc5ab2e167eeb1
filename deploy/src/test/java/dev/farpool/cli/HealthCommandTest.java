package dev.farpool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class HealthCommandTest {
  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource({"SERVING, 0", "NOT_SERVING, 1"})
  void exitCodeTellsWhetherTheCoordinatorServes(ServingStatus status, int exitCode)
      throws Exception {
    HealthStatusManager health = new HealthStatusManager();
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    try (FakeCluster coordinator = FakeCluster.of(health.getHealthService())) {
      CommandRunner run = CommandRunner.run("health", "--coordinator", coordinator.address());

      assertEquals(exitCode, run.exitCode(), run.err());
    }
  }

  @Test
  void noCoordinatorIsExitCodeThree() {
    assertEquals(3, CommandRunner.run("health", "--coordinator", "127.0.0.1:1").exitCode());
  }

  @Test
  void workerIsReadyWhileItsFileIsThere() throws Exception {
    Path file = temp.resolve("ready");
    Map<String, String> environment = Map.of("FARPOOL_READY_FILE", file.toString());
    try (ReadyFile ready = ReadyFile.of(file)) {
      assertEquals(1, CommandRunner.run(environment, "health").exitCode());
      ready.accept(true);
      assertEquals(0, CommandRunner.run(environment, "health").exitCode());
    }
    CommandRunner run = CommandRunner.run(environment, "health");
    assertEquals(1, run.exitCode());
    assertTrue(run.err().contains("there is no " + file), run.err());
  }

  @Test
  void fileThatAKilledWorkerLeftIsNoSignOfTheNext() throws Exception {
    Path file = Files.createFile(temp.resolve("ready"));

    ReadyFile.of(file);

    assertTrue(Files.notExists(file));
  }
}
