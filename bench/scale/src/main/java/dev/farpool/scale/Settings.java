package dev.farpool.scale;

import dev.farpool.scale.client.LoadPlan;
import dev.farpool.scale.crew.CrewPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What to measure.
 *
 * @param crew the workers; their address is filled in when it is known
 * @param warmUp seconds before those that count
 * @param seconds that count
 * @param waiting tasks that wait besides those that run
 * @param payload bytes of each task
 * @param heap of the coordinator, as {@code -Xmx} takes it; empty for the JVM's own choice
 * @param profile a file for a recording of the coordinator; empty for none
 */
record Settings(
    Path distribution,
    CrewPlan crew,
    int pools,
    int warmUp,
    int seconds,
    int waiting,
    int payload,
    Optional<String> heap,
    Optional<Path> profile) {

  LoadPlan load() {
    return new LoadPlan(pools, crew.workers() * crew.cores(), waiting, payload);
  }

  List<String> coordinatorOptions() {
    List<String> options = new ArrayList<>();
    heap.ifPresent(size -> options.add("-Xmx" + size));
    profile.ifPresent(
        file ->
            options.add(
                "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
                    + file.toAbsolutePath()));
    return options;
  }

  /** The same with another queue. */
  Settings withWaiting(int tasks) {
    return new Settings(distribution, crew, pools, warmUp, seconds, tasks, payload, heap, profile);
  }
}
