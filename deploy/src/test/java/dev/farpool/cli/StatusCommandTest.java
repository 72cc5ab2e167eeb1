package dev.farpool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Duration;
import dev.farpool.v1.GetStatusResponse;
import dev.farpool.v1.PoolMode;
import dev.farpool.v1.PoolStatus;
import dev.farpool.v1.WorkerStatus;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StatusCommandTest {
  private static final GetStatusResponse STATUS =
      GetStatusResponse.newBuilder()
          .setCoordinatorVersion("1.2.3")
          .setCoordinatorId("c-1")
          .setUptime(Duration.newBuilder().setSeconds(3_725))
          .setSessions(1)
          .addWorkers(
              WorkerStatus.newBuilder()
                  .setName("w1")
                  .setHost("host1")
                  .setPid(42)
                  .setState(WorkerStatus.State.STATE_ACTIVE)
                  .setCores(4)
                  .setBusy(3)
                  .putLabels("gpu", "yes"))
          .addPools(
              PoolStatus.newBuilder()
                  .setPoolId("p-1")
                  .setState(PoolStatus.State.STATE_RUN)
                  .setMode(PoolMode.POOL_MODE_FUNCTIONS)
                  .setProcesses(2)
                  .setWaiting(10_000_000_000L)
                  .setWaitingFor("behind 2 tasks"))
          .build();

  @Test
  void tableShowsWorkersAndPools() throws Exception {
    try (FakeCluster cluster = FakeCluster.telling(STATUS)) {
      CommandRunner status = CommandRunner.run("status", "--coordinator", cluster.address());

      assertEquals(0, status.exitCode());
      String expected =
          """
          coordinator %s  version 1.2.3  up 1 h 2 min  1 session

          WORKER  HOST   PID  STATE   BUSY  CORES  HEARD    LABELS
          w1      host1   42  active     3      4  0 s ago  gpu=yes

          POOL  STATE  PROCESSES      WAITING  RUNNING  DONE  FAILED  CLIENT  WHY
          p-1   run            2  10000000000        0     0       0          behind 2 tasks
          """;
      assertEquals(expected.formatted(cluster.address()), status.out());
    }
  }

  @Test
  void jsonHasCountsAsNumbersAndStatesAsWords() throws Exception {
    try (FakeCluster cluster = FakeCluster.telling(STATUS)) {
      CommandRunner status =
          CommandRunner.run(Map.of("FARPOOL_COORDINATOR", cluster.address()), "status", "--json");

      JsonObject json = JsonParser.parseString(status.out()).getAsJsonObject();
      JsonObject worker = json.getAsJsonArray("workers").get(0).getAsJsonObject();
      JsonObject pool = json.getAsJsonArray("pools").get(0).getAsJsonObject();
      assertEquals(3_725, json.get("uptimeSeconds").getAsDouble());
      assertEquals("active", worker.get("state").getAsString());
      assertEquals("yes", worker.getAsJsonObject("labels").get("gpu").getAsString());
      assertEquals(10_000_000_000L, pool.get("waiting").getAsLong());
      assertEquals("functions", pool.get("mode").getAsString());
    }
  }

  @Test
  void emptyClusterSaysHowToStartAWorker() throws Exception {
    try (FakeCluster cluster = FakeCluster.telling(GetStatusResponse.getDefaultInstance())) {
      CommandRunner status = CommandRunner.run("status", "--coordinator", cluster.address());

      assertTrue(status.out().contains("no workers: start one with"), status.out());
      assertTrue(status.out().contains("no pools"), status.out());
    }
  }

  @Test
  void addressesAreTriedInTurn() throws Exception {
    try (FakeCluster cluster = FakeCluster.telling(STATUS)) {
      String addresses = "127.0.0.1:1," + cluster.address();

      assertEquals(0, CommandRunner.run("status", "--coordinator", addresses).exitCode());
    }
  }

  @Test
  void noCoordinatorIsExitCodeThreeWithTheAddressAndWhatToTry() {
    CommandRunner status = CommandRunner.run("status", "--coordinator", "127.0.0.1:1");

    assertEquals(3, status.exitCode());
    assertEquals(
        "farpool status: no coordinator answers at 127.0.0.1:1; start one with \"farpool"
            + " coordinator\", or name another with --coordinator HOST:PORT or"
            + " FARPOOL_COORDINATOR\n",
        status.err());
  }

  @Test
  void otherServerIsExitCodeThree() throws Exception {
    try (FakeCluster cluster = FakeCluster.ofSomethingElse()) {
      CommandRunner status = CommandRunner.run("status", "--coordinator", cluster.address());

      assertEquals(3, status.exitCode());
      assertTrue(status.err().contains("is no Farpool coordinator"), status.err());
    }
  }
}
