package dev.farpool.worker.exec.cgroup;

import java.io.IOException;
import java.nio.file.Path;

/** The two versions of control groups, by the names of their files. */
enum Version {
  /**
   * A hierarchy for each controller. A process that is alone in moving itself goes by {@code
   * tasks}: the other file makes the kernel wait until nobody in the whole system is forking.
   */
  V1("tasks", "memory.limit_in_bytes", "memory.memsw.limit_in_bytes", "memory.oom_control"),

  /** One hierarchy for all. */
  V2("cgroup.procs", "memory.max", "memory.swap.max", "memory.events");

  private final String joining;
  private final String memory;
  private final String swap;
  private final String events;

  Version(String joining, String memory, String swap, String events) {
    this.joining = joining;
    this.memory = memory;
    this.swap = swap;
    this.events = events;
  }

  /** Who writes 0 into this file of a group is in it. */
  String joining() {
    return joining;
  }

  /** Sets a bound of a group. */
  void bound(Path group, String controller, long limit) throws IOException {
    if (controller.equals(Bounds.PIDS)) {
      GroupFiles.write(group, "pids.max", Long.toString(limit));
      return;
    }
    GroupFiles.write(group, memory, Long.toString(limit));
    // What was swapped out must not come on top: version 1 bounds the sum, version 2 that part.
    GroupFiles.writeIfThere(group, swap, Long.toString(this == V1 ? limit : 0));
  }

  /** How often the kernel killed a process of a group for want of memory. */
  long oomKills(Path group) {
    return GroupFiles.number(group, events, "oom_kill");
  }
}
