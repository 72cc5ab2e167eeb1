package dev.farpool.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.farpool.chaos.kit.Launched;
import dev.farpool.worker.exec.cgroup.Bounds;
import dev.farpool.worker.exec.cgroup.Cgroups;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** Workers that bound their executors by control groups, from the command line. */
@Timeout(120)
@Isolated("Every worker that starts on this host removes what killed ones left.")
class CgroupIT extends Sandboxed {
  private static final Map<String, Long> LIMITS = Map.of("memory", 1L << 30, "pids", 300L);

  @BeforeEach
  void checkThatThisHostHasThem() {
    try {
      Cgroups.open(Bounds.among(LIMITS)).close();
    } catch (IllegalArgumentException impossible) {
      abort("no cgroups can be made here: " + impossible.getMessage());
    }
  }

  @Test
  void whatIsActiveIsShownAndTheNextWorkerRemovesWhatAKilledOneLeft() throws Exception {
    String address = sandbox.coordinator();
    Launched killed = sandbox.worker(address, "w1", 1, "--executor-limits", "memory=1G,pids=300");

    String workers = sandbox.farpool("workers", "--coordinator", address).exits(0).out().toString();
    assertTrue(workers.contains("executor-limits=memory:1073741824 pids:300"), workers);
    assertTrue(workers.contains("executor-cgroups=v"), workers);
    List<Path> groups =
        sandbox
            .farpool("exec", "--coordinator", address, "--", "cat", "/proc/self/cgroup")
            .exits(0)
            .out()
            .stream()
            .filter(line -> line.contains("/farpool-"))
            .map(line -> line.split(":", 3))
            .map(fields -> Path.of("/sys/fs/cgroup", fields[1], fields[2]).getParent())
            .toList();
    assertFalse(groups.isEmpty());
    killed.kill();
    groups.forEach(group -> assertTrue(Files.exists(group), group::toString));

    sandbox.worker(address, "w2", 1);

    assertEquals(List.of(), groups.stream().filter(Files::exists).toList());
  }
}
