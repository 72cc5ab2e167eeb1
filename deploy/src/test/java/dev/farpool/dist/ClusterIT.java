package dev.farpool.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.farpool.chaos.kit.Launched;
import dev.farpool.chaos.kit.Sandbox;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A coordinator and two workers, as three terminals would have them. */
@Order(1) // Long, so that it does not end alone.
@Timeout(120)
class ClusterIT {
  private static Sandbox sandbox;
  private static String coordinator;

  @BeforeAll
  static void startCluster() throws Exception {
    sandbox = new Sandbox();
    coordinator = sandbox.coordinator();
    sandbox.worker(coordinator, "w1", 1);
    sandbox.worker(coordinator, "w2", 1);
  }

  @AfterAll
  static void stopCluster() throws Exception {
    sandbox.close();
  }

  @Test
  void statusListsBothWorkersWithTheirCores() throws Exception {
    Launched status = sandbox.farpool("status", "--coordinator", coordinator, "--json").exits(0);

    JsonObject json = JsonParser.parseString(String.join("\n", status.out())).getAsJsonObject();
    JsonArray workers = json.getAsJsonArray("workers");
    assertEquals(2, workers.size());
    for (JsonElement worker : workers) {
      assertEquals("active", worker.getAsJsonObject().get("state").getAsString());
      assertEquals(1, worker.getAsJsonObject().get("cores").getAsInt());
    }
  }

  @Test
  void threeTasksEndWithDone() throws Exception {
    List<String> out = sandbox.example(coordinator, "ThreeTasks", "0.2").exits(0).out();

    assertEquals(7, out.size(), out::toString);
    assertEquals("Done.", out.get(6));
  }

  @Test
  void manyTasksNeverRunMoreAtATimeThanThePoolAllows() throws Exception {
    List<String> out = sandbox.example(coordinator, "ManyTasks", "20", "2", "200").exits(0).out();

    assertTrue(
        out.get(20).matches("20 tasks ran on 2 processes, at most [12] at a time"), out.get(20));
  }

  @Test
  void twoProcessesIntroduceThemselvesBeforeTheParentEnds() throws Exception {
    List<String> out = sandbox.example(coordinator, "TwoProcesses").exits(0).out();

    assertEquals("child processes end.", out.get(out.size() - 1), out::toString);
    assertEquals(2, out.stream().filter(line -> line.matches("child process .* pid \\d+")).count());
  }

  @Test
  void primeCountGivesResultsErrorsAndCallbacks() throws Exception {
    List<String> out = sandbox.example(coordinator, "PrimeCount", "500000").exits(0).out();

    assertEquals("41538 primes below 500000", out.get(0));
    assertTrue(out.contains("the callback got 25"), out::toString);
    assertTrue(out.get(2).contains("from 100 is above to 0"), out::toString);
  }

  @Test
  void wordCountAddsUpWhatTheProcessesCounted() throws Exception {
    List<String> out = sandbox.example(coordinator, "WordCount").exits(0).out();

    assertTrue(out.get(out.size() - 1).endsWith("in 4 texts"), out::toString);
  }

  @Test
  void execKeepsOutputApartAndGivesTheExitCode() throws Exception {
    Launched exec = exec("sh", "-c", "echo out; echo err >&2; exit 7");

    exec.exits(7);
    assertEquals(List.of("out"), exec.out());
    assertEquals(List.of("err"), exec.err());
  }

  @Test
  void execOfACommandKilledByASignalIsItsNumberAbove128() throws Exception {
    exec("sh", "-c", "kill -9 $$").exits(137);
  }

  @Test
  void execOfNoProgramIs127AndSaysSo() throws Exception {
    Launched exec = exec("no-such-program").exits(127);

    assertEquals(1, exec.err().size(), exec::toString);
    assertTrue(exec.err().get(0).contains("no-such-program"), exec::toString);
  }

  @Test
  void benchMeasuresARunningCluster() throws Exception {
    Launched bench =
        sandbox
            .farpool(
                "bench",
                "--coordinator",
                coordinator,
                "--workload",
                "noop,latency,map,sleep10,uneven,echo,start,backlog",
                "--tasks",
                "3",
                "--warm-up",
                "0",
                "--repeat",
                "1",
                "--json")
            .exits(0);

    JsonObject json = JsonParser.parseString(String.join("\n", bench.out())).getAsJsonObject();
    Set<String> measured = new TreeSet<>();
    for (JsonElement figure : json.getAsJsonArray("figures")) {
      measured.add(figure.getAsJsonObject().get("workload").getAsString());
    }
    assertEquals(
        Set.of("noop", "latency", "map", "sleep10", "uneven", "echo", "start", "backlog"),
        measured);
  }

  private static Launched exec(String... command) throws Exception {
    String[] arguments = new String[command.length + 4];
    System.arraycopy(new String[] {"exec", "--coordinator", coordinator, "--"}, 0, arguments, 0, 4);
    System.arraycopy(command, 0, arguments, 4, command.length);
    return sandbox.farpool(arguments);
  }
}
