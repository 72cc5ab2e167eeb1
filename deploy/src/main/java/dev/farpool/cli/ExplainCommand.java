package dev.farpool.cli;

import com.google.gson.JsonObject;
import dev.farpool.v1.ExplainTaskRequest;
import dev.farpool.v1.ExplainTaskResponse;
import dev.farpool.v1.PoolStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says why a task waits, or where it runs. */
@Command(
    name = "explain",
    header = "Says why a task waits, or where it runs.",
    footer = {"Examples:", "  farpool explain map/17", "  farpool explain 3f2a/0 --json"})
final class ExplainCommand extends ClusterCommand {
  @Parameters(
      paramLabel = "POOL/INDEX",
      description = "The task: its pool and its number there, from 0.")
  private String task;

  @Override
  String ask(Connection connection, boolean json) {
    TaskReference reference = TaskReference.parseOne(task);
    PoolStatus pool = PoolNames.find(status(connection), reference.pool());
    ExplainTaskResponse answer =
        pools(connection)
            .explainTask(
                ExplainTaskRequest.newBuilder()
                    .setPoolId(pool.getPoolId())
                    .setIndex(reference.first())
                    .build());
    return json ? json(pool, reference.first(), answer) : text(pool, reference.first(), answer);
  }

  private static String text(PoolStatus pool, long index, ExplainTaskResponse answer) {
    String attempt = answer.getAttempts() > 1 ? ", attempt " + answer.getAttempts() : "";
    return String.format(
        "task %d of pool %s is %s%s: %s%n",
        index,
        PoolNames.idAndName(pool),
        StatusTable.word(answer.getState()),
        attempt,
        answer.getExplanation());
  }

  private static String json(PoolStatus pool, long index, ExplainTaskResponse answer) {
    JsonObject json = StatusJson.naming(pool);
    json.addProperty("index", index);
    json.addProperty("state", StatusTable.word(answer.getState()));
    json.addProperty("attempts", answer.getAttempts());
    json.addProperty("explanation", answer.getExplanation());
    return StatusJson.text(json);
  }
}
