package dev.farpool.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.farpool.chaos.kit.Launched;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an operator sees of a task, while it runs and when its pool is gone. */
@Timeout(120)
class TasksIT extends Sandboxed {
  private String address;

  private Launched farpool(String command, String... more) throws Exception {
    List<String> words = new ArrayList<>(List.of(command, "--coordinator", address));
    words.addAll(List.of(more));
    return sandbox.farpool(words.toArray(String[]::new));
  }

  private JsonObject onlyTask(String state) throws Exception {
    Launched tasks = farpool("tasks", "--json", "--state", state).exits(0);
    JsonObject json = JsonParser.parseString(String.join("\n", tasks.out())).getAsJsonObject();
    assertEquals(1, json.getAsJsonArray("tasks").size(), tasks::toString);
    return json.getAsJsonArray("tasks").get(0).getAsJsonObject();
  }

  @Test
  void aTaskIsSeenAndHeardWhileItRunsAndAfterwards() throws Exception {
    address = sandbox.coordinator();
    sandbox.worker(address, "w1", 1);
    Path gate = sandbox.directory().resolve("gate");
    String command =
        "echo hi; echo oops >&2; until [ -e " + gate + " ]; do sleep 0.1; done; exit 3";
    Launched task = farpool("exec", "--", "sh", "-c", command);
    task.awaitLine("hi");

    JsonObject running = onlyTask("running");
    String name = running.get("poolId").getAsString() + "/0";
    assertEquals("w1", running.get("worker").getAsString());
    Launched follower = farpool("logs", "-f", name);
    Launched top = farpool("top", "--once").exits(0);
    assertTrue(
        top.out().stream().anyMatch(line -> line.matches("w1 .* active +\\[#\\] .*")),
        top::toString);
    Files.createFile(gate);

    task.exits(3);
    follower.exits(0);
    assertEquals(List.of("hi"), follower.out());
    assertEquals(List.of("oops"), follower.err());
    JsonObject failed = onlyTask("failed");
    assertEquals(3, failed.get("exitCode").getAsInt());
    assertTrue(failed.get("ranSeconds").getAsDouble() > 0, failed::toString);
    Launched logs = farpool("logs", name).exits(0);
    assertEquals(List.of("hi"), logs.out());
    Launched none = farpool("logs", "nobody/0").exits(1);
    assertTrue(none.err().get(0).contains("there is no pool nobody"), none::toString);
  }
}
