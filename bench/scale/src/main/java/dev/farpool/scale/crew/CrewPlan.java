package dev.farpool.scale.crew;

import com.google.gson.Gson;

/**
 * The workers to simulate.
 *
 * @param address of the coordinator
 * @param cores of each worker
 * @param taskMillis how long a task runs on average
 * @param spread how far from that, as a part of it
 * @param connections all of them share; 0 for one each
 * @param unacknowledged messages of a worker on their way at a time, heartbeats apart; more gathers
 */
public record CrewPlan(
    String address,
    int workers,
    int cores,
    double taskMillis,
    double spread,
    int connections,
    int unacknowledged) {
  private static final Gson GSON = new Gson();

  /** The same workers for another coordinator. */
  public CrewPlan withAddress(String other) {
    return new CrewPlan(other, workers, cores, taskMillis, spread, connections, unacknowledged);
  }

  static CrewPlan parse(String json) {
    return GSON.fromJson(json, CrewPlan.class);
  }

  /** The form in which a crew's process is told. */
  public String toJson() {
    return GSON.toJson(this);
  }
}
