package dev.farpool.executor.tree;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private static final File PROC = new File("/proc");
  // A process that cannot be killed, in the kernel for ever, must not hold up its killer for ever.
  private static final int ROUNDS = 2000;
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
    others().forEach(ProcessHandle::destroy);
    ProcessHandle.of(root).ifPresent(ProcessHandle::destroy);
  }

  /**
   * Kills the others, again and again until there is none: one that forks between the look and the
   * kill is seen at the next look. The root is left alone; it must be alive.
   */
  public void killOthers() {
    killAll(this::others, false);
  }

  /**
   * Kills the others as {@link #killOthers} does, and if that takes long the whole process group of
   * the root, in one stroke: those that multiply or replace themselves faster than anybody can look
   * are gone then. The root must not be the calling process.
   */
  public void killAll() {
    killAll(this::others, true);
  }

  /** The same for those that only the mark tells; {@link #killAll} for a root that is gone. */
  public void killRemains() {
    killAll(() -> living(marked(0)), true);
  }

  /**
   * The same for those that only the mark tells, which is all that can be told when the root is
   * gone: its children have another parent then, and its process id may be another's.
   *
   * @param oldest a process id; those up to it are not looked at, for speed
   */
  public void killMarked(long oldest) {
    if (NewestProcess.mayBeAfter(oldest)) {
      killAll(() -> living(marked(oldest)), false);
    }
  }

  /** Those that live, without the root and the calling process. */
  private List<ProcessHandle> others() {
    Map<Long, ProcessHandle> found = marked(0);
    ProcessHandle.of(root)
        .ifPresent(process -> process.descendants().forEach(each -> found.put(each.pid(), each)));
    return living(found);
  }

  private Map<Long, ProcessHandle> marked(long oldest) {
    Map<Long, ProcessHandle> found = new LinkedHashMap<>();
    for (long pid : processesAfter(oldest)) {
      if (isMarked(pid)) {
        ProcessHandle.of(pid).ifPresent(marked -> found.put(marked.pid(), marked));
      }
    }
    return found;
  }

  private List<ProcessHandle> living(Map<Long, ProcessHandle> found) {
    found.remove(root);
    found.remove(ProcessHandle.current().pid());
    found.values().removeIf(process -> !process.isAlive() || isZombie(process.pid()));
    return new ArrayList<>(found.values());
  }

  private void killAll(Supplier<List<ProcessHandle>> look, boolean group) {
    List<ProcessHandle> living = look.get();
    for (int round = 1; !living.isEmpty() && round <= ROUNDS; round++) {
      living.forEach(ProcessHandle::destroyForcibly);
      if (group && round % STUBBORN == 0 && living.stream().anyMatch(this::isInGroup)) {
        Signals.killGroup(root);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
      living = look.get();
    }
  }

  /** Whether a process is in the root's group: then that number is no other's. */
  private boolean isInGroup(ProcessHandle process) {
    String[] fields = stat(process.pid()).split(" ", 5);
    return fields.length == 5 && fields[3].equals(Long.toString(root));
  }

  private static List<Long> processesAfter(long oldest) {
    String[] names = PROC.list();
    if (names == null) {
      return new ArrayList<>();
    }
    List<Long> pids = new ArrayList<>();
    for (String name : names) {
      if (name.charAt(0) >= '1' && name.charAt(0) <= '9') {
        long pid = Long.parseLong(name);
        if (pid > oldest) {
          pids.add(pid);
        }
      }
    }
    return pids;
  }

  private boolean isMarked(long pid) {
    try (FileInputStream file = new FileInputStream("/proc/" + pid + "/environ")) {
      return contains(file.readAllBytes());
    } catch (IOException goneOrNotOurs) {
      return false; // A process that has ended, or of another user: then it is none of ours.
    }
  }

  private static boolean isZombie(long pid) {
    return stat(pid).startsWith(" Z");
  }

  /** What the kernel tells of a process after its name: state, parent, group, …; empty if none. */
  private static String stat(long pid) {
    try (FileInputStream file = new FileInputStream("/proc/" + pid + "/stat")) {
      String stat = new String(file.readAllBytes(), StandardCharsets.ISO_8859_1);
      return stat.substring(stat.lastIndexOf(')') + 1);
    } catch (IOException gone) {
      return "";
    }
  }

  private boolean contains(byte[] environment) {
    for (int start = 0; start + entry.length <= environment.length; start++) {
      boolean atStart = start == 0 || environment[start - 1] == 0;
      int stop = start + entry.length;
      boolean ends = stop == environment.length || environment[stop] == 0;
      if (atStart && ends && matches(environment, start)) {
        return true;
      }
    }
    return false;
  }

  private boolean matches(byte[] environment, int start) {
    for (int i = 0; i < entry.length; i++) {
      if (environment[start + i] != entry[i]) {
        return false;
      }
    }
    return true;
  }
}
