package dev.farpool.worker.exec.cgroup;

import static dev.farpool.worker.testing.WorkerHarness.isGone;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Groups of this host, without executors. */
@Timeout(30)
class CgroupsTest {
  private static final Bounds PIDS = new Bounds(Map.of("pids", 100L));

  private static Cgroups open() {
    try {
      return Cgroups.open(PIDS);
    } catch (IllegalArgumentException impossible) {
      return abort("no cgroups can be made here: " + impossible.getMessage());
    }
  }

  /** Starts a process in a group, and waits until it is there. */
  private static Process startIn(ExecutorCgroup group) throws IOException {
    List<String> command = new ArrayList<>(group.prefix());
    command.addAll(List.of("sh", "-c", "echo; exec sleep 600"));
    Process process = new ProcessBuilder(command).start();
    assertEquals('\n', process.getInputStream().read());
    return process;
  }

  private static Path directory(ExecutorCgroup group) {
    return Path.of(group.prefix().get(4)).getParent();
  }

  @Test
  void withoutBoundsThereIsNothing() throws IOException {
    try (Cgroups groups = Cgroups.open(Bounds.NONE)) {
      assertEquals(List.of(), groups.create("e").prefix());
      assertEquals(Map.of(), groups.labels());
    }
  }

  @Test
  void whatIsLeftInAGroupGoesWithTheWorker() throws Exception {
    Process left;
    Path group;
    try (Cgroups groups = open()) {
      ExecutorCgroup executor = groups.create("e");
      left = startIn(executor);
      group = directory(executor);
      assertTrue(Files.exists(group));
    }

    assertTrue(isGone(left.pid()));
    assertFalse(Files.exists(group.getParent()));
  }

  @Test
  void theNextWorkerEndsAndRemovesWhatADeadOneLeft() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Path left;
    try (Cgroups groups = open()) {
      ExecutorCgroup executor = groups.create("e");
      // The name tells the process: one that is no more.
      Path own = directory(executor).getParent();
      String pid = Long.toString(ProcessHandle.current().pid());
      String name = own.getFileName().toString().replace("-" + pid + "-", "-" + dead.pid() + "-");
      left = own.resolveSibling(name);
    }
    Files.createDirectory(left);
    ExecutorCgroup orphaned = new ExecutorCgroup(version(left), Map.of("pids", left.resolve("e")));
    orphaned.create(Bounds.NONE);
    Process process = startIn(orphaned);

    Cgroups.open(Bounds.NONE).close();

    assertTrue(isGone(process.pid()));
    assertFalse(Files.exists(left));
  }

  private static Version version(Path group) {
    return Files.exists(group.resolve("tasks")) ? Version.V1 : Version.V2;
  }

  @Test
  void oneStrokeOfVersionTwoKillsAll() throws Exception {
    UnifiedHierarchy unified = UnifiedHierarchy.among(Hierarchy.all());
    assumeTrue(unified != null, "this host has no cgroups of version 2");
    Path own = Hierarchy.all().stream().filter(Hierarchy::unified).findFirst().orElseThrow().own();
    Path group = UnifiedHierarchy.base(own).resolve(GroupName.next());
    ExecutorCgroup executor = new ExecutorCgroup(Version.V2, Map.of("pids", group));
    try {
      executor.create(Bounds.NONE);
    } catch (IOException closed) {
      abort("no cgroups can be made here: " + closed);
    }
    assumeTrue(Files.exists(group.resolve("cgroup.kill")), "the kernel is too old");
    Process process = startIn(executor);

    executor.kill();
    executor.remove();

    assertTrue(isGone(process.pid()));
    assertFalse(Files.exists(group));
  }

  @Test
  void whatCannotBeHadIsRefusedByName() {
    Path nowhere = Path.of("/proc/self");
    List<Hierarchy> readOnly = List.of(new Hierarchy(nowhere, java.util.Set.of("pids"), false));

    String none = assertThrows(IOException.class, () -> split(List.of())).getMessage();
    String closed = assertThrows(IOException.class, () -> split(readOnly)).getMessage();

    assertTrue(none.contains("no cgroup with the controller pids"), none);
    assertTrue(closed.contains("no cgroup can be made in /proc/self"), closed);
  }

  @Test
  void theKernelsOwnReasonIsTold() {
    IOException refused = new FileSystemException("/g", null, "Read-only file system");

    assertEquals("Read-only file system", GroupFiles.reason(refused));
    assertEquals("NoSuchFileException", GroupFiles.reason(new NoSuchFileException("/g")));
  }

  private static void split(List<Hierarchy> hierarchies) throws IOException {
    SplitHierarchies.open("farpool-1", PIDS, hierarchies);
  }

  @Test
  void namesTellWhoseProcessIsGone() {
    String own = GroupName.next();
    String pid = Long.toString(ProcessHandle.current().pid());

    assertFalse(GroupName.isLeftOver(own));
    assertTrue(GroupName.isLeftOver(own.replaceAll("-\\d+-(\\d+)$", "-1-$1")), "started later");
    assertFalse(GroupName.isLeftOver(own.replaceFirst("farpool-\\d+", "farpool-7")), "hidden");
    assertFalse(GroupName.isLeftOver("farpool-worker"));
    assertTrue(own.contains("-" + pid + "-"));
  }
}
