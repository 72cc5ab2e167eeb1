package dev.farpool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.farpool.v1.GetStatusResponse;
import dev.farpool.v1.PoolStatus;
import dev.farpool.v1.WorkerStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class OperatorCommandsTest {
  private static final GetStatusResponse STATUS =
      GetStatusResponse.newBuilder()
          .addWorkers(WorkerStatus.newBuilder().setName("node1").setCores(4))
          .addWorkers(WorkerStatus.newBuilder().setName("node10").setCores(4))
          .addPools(PoolStatus.newBuilder().setPoolId("aaaa0000-1").setName("map"))
          .addPools(PoolStatus.newBuilder().setPoolId("aabb0000-2").setName("map"))
          .addPools(PoolStatus.newBuilder().setPoolId("cccc0000-3").setName("nightly"))
          .build();

  private static CommandRunner run(String line) throws Exception {
    try (FakeCluster cluster = FakeCluster.telling(STATUS)) {
      return CommandRunner.run((line + " --coordinator " + cluster.address()).split(" "));
    }
  }

  @Test
  void workersAndPoolsAreTheTablesOfTheStatus() throws Exception {
    assertTrue(run("workers").out().startsWith("WORKER  HOST"));
    String pools = run("pools").out();
    assertTrue(pools.startsWith("POOL                STATE"), pools);
    assertTrue(pools.contains("\ncccc0000 (nightly)  "), pools);
  }

  @Test
  void jsonIsThePartOfTheStatus() throws Exception {
    JsonObject workers = JsonParser.parseString(run("workers --json").out()).getAsJsonObject();
    JsonObject pools = JsonParser.parseString(run("pools --json").out()).getAsJsonObject();

    assertEquals(2, workers.getAsJsonArray("workers").size());
    assertEquals(3, pools.getAsJsonArray("pools").size());
    assertEquals(1, pools.size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "drain node         | worker node could be node1, node10; say more of it",
        "drain west         | there is no worker west; there are node1, node10",
        "explain map/0      | pool map could be aaaa0000 (map), aabb0000 (map); say more of it",
        "cancel aa          | pool aa could be aaaa0000 (map), aabb0000 (map); say more of it",
        "cancel x/1 aaaa/0  | there is no pool x; there are aaaa0000 (map), aabb0000 (map), cccc0000",
      })
  void nameThatIsNotUniqueIsAnErrorWithTheChoice(String line, String message) throws Exception {
    CommandRunner run = run(line);

    assertEquals(1, run.exitCode(), run.err());
    assertTrue(run.err().contains(message), run.err());
  }

  @ParameterizedTest
  @CsvSource({"drain node1", "drain node10", "explain nightly/3", "explain c/3", "cancel aab/1"})
  void nameThatIsUniqueOrWholeGoesToTheCoordinator(String line) throws Exception {
    CommandRunner run = run(line);

    // The fake knows nothing but its status.
    assertEquals(3, run.exitCode(), run.err());
    assertTrue(run.err().contains("UNIMPLEMENTED"), run.err());
  }

  @ParameterizedTest
  @CsvSource({"explain nightly", "explain nightly/1-2", "cancel nightly/2-1", "cancel --queued c"})
  void whatNamesNoTaskIsAWrongCommandLine(String line) throws Exception {
    assertEquals(2, run(line).exitCode());
  }
}
