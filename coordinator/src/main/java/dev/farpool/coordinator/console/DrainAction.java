package dev.farpool.coordinator.console;

import dev.farpool.v1.DrainWorkerRequest;

/** {@code /api/drain}: lets the {@code worker} of the content finish what it runs and leave. */
final class DrainAction implements Resource {
  private final ClusterCalls cluster;

  DrainAction(ClusterCalls cluster) {
    this.cluster = cluster;
  }

  @Override
  public HttpReply answer(HttpRequest request) {
    String worker = JsonBody.of(request).text("worker");
    cluster.drain(
        request,
        DrainWorkerRequest.newBuilder()
            .setName(worker)
            .setReason("asked for by " + request.caller().name() + " in the console")
            .build());
    return HttpReply.json(Json.of(json -> json.name("draining").value(worker)));
  }
}
