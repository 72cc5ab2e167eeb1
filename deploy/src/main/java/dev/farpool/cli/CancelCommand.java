package dev.farpool.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.farpool.v1.CancelMode;
import dev.farpool.v1.CancelTasksRequest;
import dev.farpool.v1.GetStatusResponse;
import dev.farpool.v1.IndexRange;
import dev.farpool.v1.PoolStatus;
import dev.farpool.v1.TerminatePoolRequest;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends tasks, or a pool. */
@Command(
    name = "cancel",
    header = "Ends tasks, or a pool with all its tasks.",
    description =
        "Running tasks are killed: SIGTERM, then SIGKILL after the pool's grace. Their client sees"
            + " them cancelled, or its pool terminated.",
    footer = {
      "Examples:",
      "  farpool cancel map/17 map/20-29",
      "  farpool cancel 3f2a",
      "  farpool cancel --queued map/0-999999"
    })
final class CancelCommand extends ClusterCommand {
  @Parameters(
      arity = "1..*",
      paramLabel = "POOL[/INDEX[-LAST]]",
      description = "A pool, a task of it, or several from the first to the last.")
  private List<String> targets;

  @Option(
      names = "--queued",
      fallbackValue = "true",
      description = "Only tasks that have not started; not for whole pools.")
  private boolean queued;

  @Override
  String ask(Connection connection, boolean json) {
    List<TaskReference> references = targets.stream().map(TaskReference::parse).toList();
    if (queued && references.stream().anyMatch(reference -> reference.count() == 0)) {
      throw CommandException.wrong("--queued needs tasks, for example map/0-99, not a pool");
    }
    GetStatusResponse status = status(connection);
    List<PoolStatus> pools =
        references.stream().map(reference -> PoolNames.find(status, reference.pool())).toList();
    StringBuilder text = new StringBuilder();
    JsonArray array = new JsonArray();
    for (int i = 0; i < pools.size(); i++) {
      PoolStatus pool = pools.get(i);
      JsonObject each = StatusJson.naming(pool);
      if (references.get(i).count() == 0) {
        terminate(connection, pool);
        each.addProperty("terminated", true);
        text.append(String.format("pool %s is terminated%n", PoolNames.idAndName(pool)));
      } else {
        long cancelled = cancel(connection, pool, references.get(i));
        each.addProperty("cancelledTasks", cancelled);
        text.append(
            String.format(
                "%d of %d tasks of pool %s are cancelled%n",
                cancelled, references.get(i).count(), PoolNames.idAndName(pool)));
      }
      array.add(each);
    }
    JsonObject answer = new JsonObject();
    answer.add("cancelled", array);
    return json ? StatusJson.text(answer) : text.toString();
  }

  private static void terminate(Connection connection, PoolStatus pool) {
    pools(connection)
        .terminatePool(TerminatePoolRequest.newBuilder().setPoolId(pool.getPoolId()).build());
  }

  private long cancel(Connection connection, PoolStatus pool, TaskReference tasks) {
    IndexRange range =
        IndexRange.newBuilder().setFirst(tasks.first()).setCount(tasks.count()).build();
    CancelTasksRequest request =
        CancelTasksRequest.newBuilder()
            .setPoolId(pool.getPoolId())
            .addTasks(range)
            .setMode(queued ? CancelMode.CANCEL_MODE_QUEUED_ONLY : CancelMode.CANCEL_MODE_KILL)
            .build();
    return pools(connection).cancelTasks(request).getCancelledList().stream()
        .mapToLong(IndexRange::getCount)
        .sum();
  }
}
