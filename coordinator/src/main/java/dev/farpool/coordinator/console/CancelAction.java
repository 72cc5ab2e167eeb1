package dev.farpool.coordinator.console;

import dev.farpool.v1.CancelMode;
import dev.farpool.v1.CancelTasksRequest;
import dev.farpool.v1.IndexRange;
import dev.farpool.v1.TerminatePoolRequest;

/**
 * {@code /api/cancel}: ends the task {@code index} of the {@code pool} that the content names, or
 * without an index the whole pool.
 */
final class CancelAction implements Resource {
  private final ClusterCalls cluster;

  CancelAction(ClusterCalls cluster) {
    this.cluster = cluster;
  }

  @Override
  public HttpReply answer(HttpRequest request) {
    JsonBody body = JsonBody.of(request);
    String pool = body.text("pool");
    if (!body.has("index")) {
      cluster.terminate(request, TerminatePoolRequest.newBuilder().setPoolId(pool).build());
      return HttpReply.json(Json.of(json -> json.name("terminated").value(pool)));
    }
    IndexRange task = IndexRange.newBuilder().setFirst(body.count("index")).setCount(1).build();
    int cancelled =
        cluster
            .cancel(
                request,
                CancelTasksRequest.newBuilder()
                    .setPoolId(pool)
                    .addTasks(task)
                    .setMode(CancelMode.CANCEL_MODE_KILL)
                    .build())
            .getCancelledCount();
    return HttpReply.json(Json.of(json -> json.name("cancelled").value(cancelled)));
  }
}
