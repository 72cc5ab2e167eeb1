package dev.farpool.coordinator.console;

import dev.farpool.v1.AttemptStatus;
import dev.farpool.v1.GetTaskRequest;
import dev.farpool.v1.GetTaskResponse;
import dev.farpool.v1.ListTasksRequest;
import dev.farpool.v1.ListTasksResponse;
import dev.farpool.v1.TaskStatus;
import java.util.Locale;

/**
 * {@code /api/tasks}: tasks of all pools or of one, with the parameters {@code pool}, {@code
 * state}, {@code rows} and {@code cursor}; below it, {@code /POOL/INDEX} is one task with its
 * output and {@code /POOL/INDEX/output} the output alone, to keep.
 */
final class TasksResource implements Resource {
  private static final int ROWS = 50;
  private static final int MOST_ROWS = 200;

  private final ClusterCalls cluster;
  private final PoolNames names;

  TasksResource(ClusterCalls cluster) {
    this.cluster = cluster;
    this.names = new PoolNames(cluster);
  }

  @Override
  public HttpReply answer(HttpRequest request) {
    return switch (request.path().size()) {
      case 0 -> list(request);
      case 2 -> one(request);
      case 3 -> output(request);
      default ->
          throw new HttpRefusal(
              HttpRefusal.NOT_FOUND, "tasks are at /api/tasks and /api/tasks/POOL/INDEX");
    };
  }

  private HttpReply list(HttpRequest request) {
    ListTasksRequest.Builder asked =
        ListTasksRequest.newBuilder()
            .setPageSize(Math.max(1, request.number("rows", ROWS, MOST_ROWS)))
            .setCursor(request.text("cursor"));
    if (!request.text("pool").isEmpty()) {
      asked.setPoolId(names.id(request, request.text("pool")));
    }
    if (!request.text("state").isEmpty()) {
      asked.addStates(state(request.text("state")));
    }
    ListTasksResponse answer = cluster.tasks(request, asked.build());
    return HttpReply.json(Json.of(json -> MessageJson.writeFields(json, answer)));
  }

  private static TaskStatus.State state(String word) {
    for (TaskStatus.State state : TaskStatus.State.values()) {
      if (state.name().equals("STATE_" + word.toUpperCase(Locale.ROOT))) {
        return state;
      }
    }
    throw new HttpRefusal(
        HttpRefusal.BAD_REQUEST,
        "state must be waiting, running, succeeded, failed or cancelled, not " + word);
  }

  private HttpReply one(HttpRequest request) {
    GetTaskResponse task = task(request);
    return HttpReply.json(
        Json.of(
            json -> {
              MessageJson.write(json.name("task"), task.getTask());
              json.name("explanation").value(task.getExplanation());
              json.name("attempts").beginArray();
              for (AttemptStatus attempt : task.getAttemptsList()) {
                MessageJson.write(json, attempt);
              }
              json.endArray();
              json.name("output").beginArray();
              for (PrintedText piece : PrintedText.of(task.getOutputList())) {
                piece.write(json);
              }
              json.endArray();
            }));
  }

  private HttpReply output(HttpRequest request) {
    if (!request.path().get(2).equals("output")) {
      throw new HttpRefusal(
          HttpRefusal.NOT_FOUND, "of a task there is only /api/tasks/POOL/INDEX/output");
    }
    GetTaskResponse task = task(request); // Refuses what is no index.
    return HttpReply.download(
        "task-" + request.path().get(1) + ".txt", PrintedText.bytes(task.getOutputList()));
  }

  private GetTaskResponse task(HttpRequest request) {
    String index = request.path().get(1);
    if (!index.matches("\\d{1,18}")) {
      throw new HttpRefusal(
          HttpRefusal.BAD_REQUEST, "the index of a task is a number, not " + index);
    }
    return cluster.task(
        request,
        GetTaskRequest.newBuilder()
            .setPoolId(names.id(request, request.path().get(0)))
            .setIndex(Long.parseLong(index))
            .build());
  }
}
