package dev.farpool.chaos.kit;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What {@code farpool status} tells of a cluster. */
public final class ClusterView {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Sandbox sandbox;
  private final Place place;
  private final String coordinator;

  /** Looks from some place. */
  public ClusterView(Sandbox sandbox, Place place, String coordinator) {
    this.sandbox = sandbox;
    this.place = place;
    this.coordinator = coordinator;
  }

  /** The names of the workers in a state. */
  public List<String> workers(String state) throws IOException, InterruptedException {
    List<String> names = new ArrayList<>();
    for (JsonElement element : status().getAsJsonArray("workers")) {
      JsonObject worker = element.getAsJsonObject();
      if (worker.get("state").getAsString().equals(state)) {
        names.add(worker.get("name").getAsString());
      }
    }
    return names;
  }

  /** How many pools there are. */
  public int pools() throws IOException, InterruptedException {
    return status().getAsJsonArray("pools").size();
  }

  /** Waits until a worker is in a state. */
  public void awaitWorker(String name, String state) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!workers(state).contains(name)) {
      check(deadline, "worker " + name + " is not " + state);
    }
  }

  /** Waits until there is no pool any more. */
  public void awaitNoPools() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (pools() > 0) {
      check(deadline, "there are still pools");
    }
  }

  private void check(long deadline, String text) throws IOException, InterruptedException {
    if (System.nanoTime() > deadline) {
      throw new AssertionError(text + ": " + status());
    }
  }

  private JsonObject status() throws IOException, InterruptedException {
    Launched status =
        sandbox.farpool(place, "status", "--coordinator", coordinator, "--json").exits(0);
    return JsonParser.parseString(String.join("\n", status.out())).getAsJsonObject();
  }
}
