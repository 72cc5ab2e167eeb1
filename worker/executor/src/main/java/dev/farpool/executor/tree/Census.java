package dev.farpool.executor.tree;

import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;

/** One look at the processes of the host: those that carry a mark. */
final class Census {
  private static final File PROC = new File("/proc");

  /** On a host that never stops starting processes, a look ends all the same. */
  private static final int MOST_FOLLOW_UPS = 100;

  private final byte[] entry;
  private final Map<Long, ProcessHandle> marked = new LinkedHashMap<>();
  private boolean unsettled;

  private Census(byte[] entry) {
    this.entry = entry;
  }

  /**
   * Looks at all.
   *
   * @param entry the mark as it stands in an environment
   * @param after only at processes with higher ids
   */
  static Census of(byte[] entry, long after) {
    Census census = new Census(entry);
    long newest = NewestProcess.id();
    String[] names = PROC.list();
    for (String name : names == null ? new String[0] : names) {
      if (name.charAt(0) >= '1' && name.charAt(0) <= '9') {
        long pid = Long.parseLong(name);
        if (pid > after) {
          census.take(pid);
        }
      }
    }
    census.followUp(newest);
    return census;
  }

  /**
   * Looks at some processes one by one, however many there are on the host.
   *
   * @param after at those with higher ids
   * @param newest up to this id, and at what is started meanwhile
   */
  static Census of(byte[] entry, long after, long newest) {
    Census census = new Census(entry);
    census.takeAll(after, newest);
    census.followUp(newest);
    return census;
  }

  /**
   * Looks at what was started during the look: a process that was gone before it was looked at may
   * have started another one that is not among those looked at.
   *
   * @param newest the process that was started last when the look began; 0 if that is not known
   */
  private void followUp(long newest) {
    long seen = newest;
    for (int round = 0; round < MOST_FOLLOW_UPS && newest != 0; round++) {
      long last = NewestProcess.id();
      if (last == seen) {
        return;
      }
      takeAll(seen, last);
      unsettled |= last < seen; // The kernel began again with low numbers.
      seen = last;
    }
  }

  private void takeAll(long after, long last) {
    for (long pid = after + 1; pid <= last; pid++) {
      if (new File(PROC, Long.toString(pid)).exists()) {
        take(pid);
      }
    }
  }

  private void take(long pid) {
    byte[] environment = ProcFiles.read(pid, "environ");
    if (environment.length == 0) {
      if (ProcFiles.isBeginning(pid)) {
        unsettled = true;
        return;
      }
      environment = ProcFiles.read(pid, "environ"); // It may have begun between the two looks.
    }
    if (contains(environment) && !ProcFiles.isThread(pid)) {
      ProcessHandle.of(pid).ifPresent(handle -> marked.put(pid, handle));
    }
  }

  /** Those with the mark, by process id. */
  Map<Long, ProcessHandle> marked() {
    return marked;
  }

  /** Whether a process was just beginning to run a program: another look tells what it is. */
  boolean isUnsettled() {
    return unsettled;
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
