package dev.farpool.executor.tree;

import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;

/** One look at the processes of the host: those that carry a mark. */
final class Census {
  private static final File PROC = new File("/proc");

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
    String[] names = PROC.list();
    for (String name : names == null ? new String[0] : names) {
      if (name.charAt(0) >= '1' && name.charAt(0) <= '9') {
        long pid = Long.parseLong(name);
        if (pid > after) {
          census.take(pid);
        }
      }
    }
    return census;
  }

  /**
   * Looks at some processes one by one, however many there are on the host.
   *
   * @param after at those with higher ids
   * @param last up to this id
   */
  static Census of(byte[] entry, long after, long last) {
    Census census = new Census(entry);
    for (long pid = after + 1; pid <= last; pid++) {
      if (new File(PROC, Long.toString(pid)).exists()) {
        census.take(pid);
      }
    }
    return census;
  }

  private void take(long pid) {
    byte[] environment = ProcFiles.read(pid, "environ");
    if (contains(environment) && !ProcFiles.isThread(pid)) {
      ProcessHandle.of(pid).ifPresent(handle -> marked.put(pid, handle));
    } else if (environment.length == 0) {
      unsettled |= ProcFiles.isBeginning(pid);
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
