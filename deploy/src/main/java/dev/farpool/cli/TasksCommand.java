package dev.farpool.cli;

import dev.farpool.v1.ListTasksRequest;
import dev.farpool.v1.ListTasksResponse;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Lists tasks. */
@Command(
    name = "tasks",
    header = "Lists tasks: those that run, that wait, and that ended lately.",
    description = {
      "Waiting tasks that follow one another are one row. Of the tasks that ended the coordinator"
          + " remembers those that failed or were cancelled, the last 2,000, and of those that"
          + " succeeded the last 10,000, or some of them where many end in a short time."
    },
    footer = {
      "Examples:",
      "  farpool tasks",
      "  farpool tasks --state failed --limit 10",
      "  farpool tasks --pool map --json | jq '.tasks[] | select(.ranSeconds > 60)'"
    })
final class TasksCommand extends ClusterCommand {
  private static final int LARGEST_PAGE = 1000;
  private static final int MOST = 1_000_000;

  @Option(
      names = "--pool",
      paramLabel = "POOL",
      description = "Only tasks of this pool: its id or name, or the beginning of it.")
  private String pool;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      split = ",",
      description = "Only tasks in this state: ${COMPLETION-CANDIDATES}; several with commas.")
  private List<TaskWord> states = new ArrayList<>();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "At most so many rows (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Override
  void check(CommandLine commandLine) {
    if (limit < 1 || limit > MOST) {
      throw new ParameterException(commandLine, "--limit must be 1 to " + MOST + ", not " + limit);
    }
  }

  @Override
  String ask(Connection connection, boolean json) {
    ListTasksResponse tasks = list(connection);
    return json ? TaskJson.of(tasks) : TaskTable.of(tasks);
  }

  /** The pages as one answer. */
  private ListTasksResponse list(Connection connection) {
    ListTasksRequest.Builder request = ListTasksRequest.newBuilder();
    if (pool != null) {
      request.setPoolId(PoolName.find(connection, pool).id());
    }
    states.forEach(state -> request.addStates(state.state()));
    ListTasksResponse.Builder all = ListTasksResponse.newBuilder();
    do {
      request.setPageSize(Math.min(LARGEST_PAGE, limit - all.getTasksCount()));
      ListTasksResponse page = cluster(connection).listTasks(request.build());
      all.mergeFrom(page).setNextCursor(page.getNextCursor());
      request.setCursor(page.getNextCursor());
    } while (!request.getCursor().isEmpty() && all.getTasksCount() < limit);
    return all.build();
  }
}
