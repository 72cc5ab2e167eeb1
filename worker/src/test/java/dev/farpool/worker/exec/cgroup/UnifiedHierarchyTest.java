package dev.farpool.worker.exec.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which files of version 2 are written and read, on a directory that looks like a delegated group:
 * no kernel is behind it. Whether a kernel bounds and kills then is not shown here; where version 2
 * has the controllers, {@code CgroupTest} shows it.
 */
class UnifiedHierarchyTest {
  private static final Bounds BOTH = new Bounds(Map.of("memory", 1000L, "pids", 50L));
  private static final String PID = Long.toString(ProcessHandle.current().pid());

  @TempDir Path service;

  @BeforeEach
  void delegate() throws IOException {
    Files.writeString(service.resolve("cgroup.controllers"), "cpu memory pids\n");
    Files.writeString(service.resolve("cgroup.procs"), PID + "\n");
  }

  private String read(String file) throws IOException {
    return Files.readString(service.resolve(file));
  }

  private ExecutorCgroup executor() throws IOException {
    Map<String, Path> worker = new UnifiedHierarchy(service).open("farpool-1", BOTH);
    Path group = worker.get("memory").resolve("executor-1");
    ExecutorCgroup executor =
        new ExecutorCgroup(Version.V2, Map.of("memory", group, "pids", group));
    executor.create(BOTH);
    return executor;
  }

  @Test
  void theWorkerLeavesItsGroupBeforeItHandsTheControllersOn() throws IOException {
    Map<String, Path> groups = new UnifiedHierarchy(service).open("farpool-1", BOTH);

    Path group = service.resolve("farpool-1");
    assertEquals(Map.of("memory", group, "pids", group), groups);
    assertEquals(PID, read("farpool-worker/cgroup.procs"));
    assertEquals("+memory +pids", read("cgroup.subtree_control"));
    assertEquals("+memory +pids", read("farpool-1/cgroup.subtree_control"));
  }

  @Test
  void aWorkerThatHasMovedAlreadyMakesTheNextGroupBesideIt() throws IOException {
    Path moved = Files.createDirectory(service.resolve("farpool-worker"));

    new UnifiedHierarchy(moved).open("farpool-2", BOTH);

    assertTrue(Files.isDirectory(service.resolve("farpool-2")));
    assertFalse(Files.exists(moved.resolve("cgroup.procs")));
  }

  @Test
  void boundsAreSetAndWhatIsSwappedOutDoesNotComeOnTop() throws IOException {
    ExecutorCgroup executor = executor();

    assertEquals("1000", read("farpool-1/executor-1/memory.max"));
    assertEquals("50", read("farpool-1/executor-1/pids.max"));
    String joined = service.resolve("farpool-1/executor-1/cgroup.procs").toString();
    assertEquals(List.of(joined, "--"), executor.prefix().subList(4, 6));

    Path group = service.resolve("farpool-1/executor-1");
    Files.writeString(group.resolve("memory.swap.max"), "max");
    Version.V2.bound(group, "memory", 2000);
    assertEquals("0", read("farpool-1/executor-1/memory.swap.max"));
  }

  @Test
  void theKernelIsAskedToKillInOneStroke() throws IOException {
    ExecutorCgroup executor = executor();
    Files.writeString(service.resolve("farpool-1/executor-1/cgroup.kill"), "");

    executor.kill();

    assertEquals("1", read("farpool-1/executor-1/cgroup.kill"));
    assertEquals("50", read("farpool-1/executor-1/pids.max"));
  }

  @Test
  void anOlderKernelIsFirstKeptFromForking() throws IOException {
    executor().kill();

    assertEquals("0", read("farpool-1/executor-1/pids.max"));
  }

  @Test
  void killsForWantOfMemoryAreReadFromTheEvents() throws IOException {
    ExecutorCgroup executor = executor();
    Path events = service.resolve("farpool-1/executor-1/memory.events");
    assertFalse(executor.hasOomKills());

    Files.writeString(events, "low 0\nhigh 0\nmax 7\noom 1\noom_kill 0\noom_group_kill 0\n");
    assertFalse(executor.hasOomKills());

    Files.writeString(events, "low 0\nhigh 0\nmax 7\noom 1\noom_kill 2\noom_group_kill 0\n");
    assertTrue(executor.hasOomKills());
  }

  @Test
  void aGroupWithoutTheControllersIsNotUsed() throws IOException {
    Files.writeString(service.resolve("cgroup.controllers"), "cpu pids\n");
    UnifiedHierarchy unified = new UnifiedHierarchy(service);

    assertFalse(unified.has(BOTH));
    assertTrue(unified.has(new Bounds(Map.of("pids", 50L))));
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    Files.createDirectory(service.resolve("cgroup.subtree_control")); // Cannot be written to.

    String message =
        assertThrows(IOException.class, () -> new UnifiedHierarchy(service).open("farpool-1", BOTH))
            .getMessage();

    assertTrue(message.contains("must be alone in it"), message);
    assertTrue(message.contains("Delegate=memory pids"), message);
  }
}
