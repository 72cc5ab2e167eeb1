package dev.farpool.executor.tree;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The processes that came from one process, however they hid: its descendants, and every process
 * that carries its mark in the environment it was started with.
 *
 * <p>The mark finds those who left the tree by {@code setsid} or a double fork. It is read from
 * {@code /proc}; where there is none, only descendants are found. Thread-safe.
 */
public final class ProcessTree {
  /** The environment variable that holds the mark. */
  public static final String MARK = "FARPOOL_EXECUTOR";

  // A process that cannot be killed, in the kernel for ever, must not hold up its killer for ever.
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  /** To begin to run a program takes microseconds, unless its file comes from afar. */
  private static final int HASTY_ROUNDS = 10;

  private static final int UNSETTLED_ROUNDS = HASTY_ROUNDS + 50;

  private static final long PAUSE_NANOS = 1_000_000;
  private static final int STUBBORN = 5;
  private static final int FEW = 200;

  private final long root;
  private final byte[] entry;

  /**
   * @param root the first process; it may have ended
   * @param mark its value of {@link #MARK}
   */
  public ProcessTree(long root, String mark) {
    this.root = root;
    this.entry = (MARK + "=" + mark).getBytes(StandardCharsets.US_ASCII);
  }

  /** Sends SIGTERM to the others, and to the root if it lives. */
  public void terminate() {
    found(withDescendants(Census.of(entry, 0))).forEach(ProcessHandle::destroy);
    ProcessHandle.of(root).ifPresent(ProcessHandle::destroy);
  }

  /**
   * Kills the others, again and again until there is none: one that forks between the look and the
   * kill is seen at the next look. The root is left alone; it must be alive.
   *
   * @param nanos when to give up
   * @return whether none is left
   */
  public boolean killOthers(long nanos) {
    return kill(() -> withDescendants(Census.of(entry, 0)), nanos);
  }

  /** Kills the calling process with its group, if it leads one. */
  public static void killOwnGroup() {
    long own = ProcessHandle.current().pid();
    if (ProcFiles.group(own).equals(Long.toString(own))) {
      Signals.killGroup(own);
    }
  }

  /**
   * Kills the process group of the root in one stroke, so that those go which multiply or replace
   * themselves faster than anybody can look, and then all that left the group. The root must not be
   * the calling process.
   */
  public void killAll() {
    Signals.killGroup(root);
    kill(() -> withDescendants(Census.of(entry, 0)), PATIENCE_NANOS);
  }

  /**
   * The same as {@link #killAll} for a root that has just gone: only the mark tells what left its
   * group.
   */
  public void killRemains() {
    Signals.killGroup(root); // Its number has not come round again in this short time.
    kill(() -> Census.of(entry, 0), PATIENCE_NANOS);
  }

  /**
   * Kills those that the mark tells, but not the group.
   *
   * @param oldest the id of a process that was started lately; those before it are not looked at,
   *     for speed. 0 for all
   */
  public void killMarked(long oldest) {
    kill(() -> censusAfter(oldest), PATIENCE_NANOS);
  }

  private Census censusAfter(long oldest) {
    long newest = oldest == 0 ? 0 : NewestProcess.id();
    if (newest < oldest || newest == 0) {
      return Census.of(entry, 0); // The kernel began again with low numbers, or there are no hints.
    }
    return newest - oldest <= FEW ? Census.of(entry, oldest, newest) : Census.of(entry, oldest);
  }

  private Census withDescendants(Census census) {
    ProcessHandle.of(root)
        .ifPresent(
            process ->
                process.descendants().forEach(each -> census.marked().put(each.pid(), each)));
    return census;
  }

  private boolean kill(Supplier<Census> look, long nanos) {
    long start = System.nanoTime();
    int unsettled = 0;
    for (int round = 1; System.nanoTime() - start < nanos; round++) {
      Census census = look.get();
      List<ProcessHandle> found = found(census);
      unsettled = census.isUnsettled() ? unsettled + 1 : 0;
      if (found.isEmpty() && (unsettled == 0 || unsettled > UNSETTLED_ROUNDS)) {
        return true;
      }
      if (round >= STUBBORN) {
        groups(found).forEach(Signals::killGroup);
      }
      found.forEach(ProcessHandle::destroyForcibly);
      pause(found.isEmpty() && unsettled <= HASTY_ROUNDS);
    }
    return false;
  }

  private static void pause(boolean hasty) {
    if (hasty) {
      Thread.yield();
    } else {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /**
   * Those of a census, without the root, the calling process and zombies. One that has ended since
   * the look counts: what it started may have come after it.
   */
  private List<ProcessHandle> found(Census census) {
    List<ProcessHandle> found = new ArrayList<>(census.marked().values());
    long own = ProcessHandle.current().pid();
    found.removeIf(process -> process.pid() == root || process.pid() == own);
    found.removeIf(process -> ProcFiles.isZombie(process.pid()));
    return found;
  }

  /** The process groups of those that go on in spite of all, without the caller's. */
  private static Set<Long> groups(List<ProcessHandle> stubborn) {
    Set<String> groups = new HashSet<>();
    stubborn.forEach(process -> groups.add(ProcFiles.group(process.pid())));
    groups.remove(ProcFiles.group(ProcessHandle.current().pid()));
    groups.remove("");
    return groups.stream().map(Long::valueOf).collect(Collectors.toSet());
  }
}
