package dev.farpool.worker.exec.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a group with all that is in it and below it. Newer kernels do it in one stroke; in others
 * its processes first lose the right to start any more, so that each can be killed in turn.
 */
final class GroupEnd {
  private static final Logger log = LoggerFactory.getLogger(GroupEnd.class);
  private static final String KILL = "cgroup.kill";
  private static final String MOST_PROCESSES = "pids.max";

  // A process that cannot be killed, in the kernel for ever, must not hold up its killer for ever.
  private static final long PATIENCE_NANOS = 10_000_000_000L;
  private static final long REMOVAL_NANOS = 1_000_000_000L;
  private static final long PAUSE_NANOS = 500_000;

  private GroupEnd() {}

  /**
   * Kills all processes.
   *
   * @return whether none is left
   */
  static boolean kill(Path group) {
    strike(group);
    long start = System.nanoTime();
    for (List<Long> left = processes(group); !left.isEmpty(); left = processes(group)) {
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        return false;
      }
      left.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return true;
  }

  private static void strike(Path group) {
    try {
      if (!GroupFiles.writeIfThere(group, KILL, "1")) {
        GroupFiles.writeIfThere(group, MOST_PROCESSES, "0");
      }
    } catch (IOException removed) {
      log.debug("event=cgroup_not_struck group={} reason=\"{}\"", group, removed.toString());
    }
  }

  /** Those of a group and of all below it; but not what another namespace hides from us. */
  private static List<Long> processes(Path group) {
    List<Long> found = new ArrayList<>();
    GroupFiles.lines(group, GroupFiles.PROCESSES).forEach(line -> found.add(Long.valueOf(line)));
    found.removeIf(pid -> pid == 0);
    GroupFiles.below(group).forEach(inner -> found.addAll(processes(inner)));
    return found;
  }

  /** Removes a group with all below it; what is left of it is told. */
  static void remove(Path group) {
    GroupFiles.below(group).forEach(GroupEnd::remove);
    long start = System.nanoTime();
    while (true) {
      try {
        Files.delete(group);
        return;
      } catch (NoSuchFileException removed) {
        return;
      } catch (IOException busy) {
        // The last of its processes may not be quite gone.
        if (System.nanoTime() - start > REMOVAL_NANOS) {
          log.warn("event=cgroup_left group={} reason=\"{}\"", group, busy.toString());
          return;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }
}
