package dev.farpool.executor.tree;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

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
  private static final int UNSETTLED_ROUNDS = 50;
  private static final long PAUSE_NANOS = 1_000_000;
  private static final int STUBBORN = 5;

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
    living(withDescendants(Census.of(entry, 0))).forEach(ProcessHandle::destroy);
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
    return kill(() -> withDescendants(Census.of(entry, 0)), false, nanos);
  }

  /** Kills the calling process with its group, if it leads one. */
  public static void killOwnGroup() {
    long own = ProcessHandle.current().pid();
    if (ProcFiles.isInGroup(own, own)) {
      Signals.killGroup(own);
    }
  }

  /**
   * Kills the others as {@link #killOthers} does, and if that takes long the whole process group of
   * the root, in one stroke: those that multiply or replace themselves faster than anybody can look
   * are gone then. The root must not be the calling process.
   */
  public void killAll() {
    kill(() -> withDescendants(Census.of(entry, 0)), true, PATIENCE_NANOS);
  }

  /**
   * The same as {@link #killAll} for a root that is gone: only the mark tells what came from it.
   */
  public void killRemains() {
    kill(() -> Census.of(entry, 0), true, PATIENCE_NANOS);
  }

  /**
   * Kills those that the mark tells, but not the group.
   *
   * @param oldest the id of a process that was started lately; those before it are not looked at,
   *     for speed. 0 for all
   */
  public void killMarked(long oldest) {
    long newest = NewestProcess.id();
    if (newest != oldest || oldest == 0) {
      // The kernel begins again with low numbers when it has given the highest.
      kill(() -> Census.of(entry, newest < oldest ? 0 : oldest), false, PATIENCE_NANOS);
    }
  }

  private Census withDescendants(Census census) {
    ProcessHandle.of(root)
        .ifPresent(
            process ->
                process.descendants().forEach(each -> census.marked().put(each.pid(), each)));
    return census;
  }

  /** Those of a census that live, without the root and the calling process. */
  private List<ProcessHandle> living(Census census) {
    Map<Long, ProcessHandle> found = census.marked();
    found.remove(root);
    found.remove(ProcessHandle.current().pid());
    found.values().removeIf(process -> !process.isAlive() || ProcFiles.isZombie(process.pid()));
    return new ArrayList<>(found.values());
  }

  private boolean kill(Supplier<Census> look, boolean group, long nanos) {
    long start = System.nanoTime();
    Set<Long> ended = Set.of();
    int unsettled = 0;
    for (int round = 1; System.nanoTime() - start < nanos; round++) {
      Census census = look.get();
      List<ProcessHandle> living = living(census);
      // One that replaces itself has always just ended when it is looked at.
      boolean replaced = group && !ended.containsAll(census.ended());
      ended = census.ended();
      unsettled = replaced || census.isUnsettled() ? unsettled + 1 : 0;
      if (living.isEmpty() && (unsettled == 0 || unsettled > UNSETTLED_ROUNDS)) {
        return true;
      }
      living.forEach(ProcessHandle::destroyForcibly);
      if (group && round >= STUBBORN && isGroupLeft(living)) {
        Signals.killGroup(root);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return false;
  }

  /** Whether one of them is in the root's group: then that number is no other's. */
  private boolean isGroupLeft(List<ProcessHandle> living) {
    return living.stream().anyMatch(process -> ProcFiles.isInGroup(process.pid(), root));
  }
}
