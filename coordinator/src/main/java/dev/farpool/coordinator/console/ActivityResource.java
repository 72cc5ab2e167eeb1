package dev.farpool.coordinator.console;

import dev.farpool.v1.ActivityInterval;
import dev.farpool.v1.GetActivityResponse;

/**
 * {@code /api/activity}: what the cluster did in the last hour. Parameter {@code since}: only the
 * intervals with this number or a higher one.
 */
final class ActivityResource implements Resource {
  private final ClusterCalls cluster;

  ActivityResource(ClusterCalls cluster) {
    this.cluster = cluster;
  }

  @Override
  public HttpReply answer(HttpRequest request) {
    if (!request.path().isEmpty()) {
      throw new HttpRefusal(HttpRefusal.NOT_FOUND, "there is nothing below /api/activity");
    }
    int since = request.number("since", 0, Integer.MAX_VALUE);
    GetActivityResponse activity = cluster.activity(request);
    return HttpReply.json(
        Json.of(
            json -> {
              json.name("coordinatorId").value(activity.getCoordinatorId());
              json.name("intervals").beginArray();
              for (ActivityInterval interval : activity.getIntervalsList()) {
                if (interval.getNumber() >= since) {
                  MessageJson.write(json, interval);
                }
              }
              json.endArray();
            }));
  }
}
