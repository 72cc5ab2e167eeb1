package dev.farpool.worker.exec.cgroup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names the groups of workers after their process, so that a later one can tell what a dead one
 * left: groups outlive all files that a worker could keep beside them.
 */
final class GroupName {
  private static final Pattern NAME = Pattern.compile("farpool-(\\d+)-(\\d+)-(\\d+)-\\d+");
  private static final AtomicInteger LAST = new AtomicInteger();
  private static final int FIRST_FIELD = 3;
  private static final int START_TIME = 22;

  private GroupName() {}

  /** A name for one worker of this process. */
  static String next() {
    long pid = ProcessHandle.current().pid();
    return "farpool-" + namespace() + "-" + pid + "-" + startOf(pid) + "-" + LAST.incrementAndGet();
  }

  /** Whether it is a worker's whose process has ended; not if it cannot be told from here. */
  static boolean isLeftOver(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches()
        && matcher.group(1).equals(namespace())
        && !matcher.group(3).equals(startOf(Long.parseLong(matcher.group(2))));
  }

  /** Process ids mean something in their namespace only. */
  private static String namespace() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString().replaceAll("\\D", "");
    } catch (IOException hidden) {
      return "0";
    }
  }

  /** When a process was started, in ticks since the host was; empty if there is none. */
  private static String startOf(long pid) {
    try {
      Path file = Path.of("/proc", Long.toString(pid), "stat");
      String stat = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[START_TIME - FIRST_FIELD];
    } catch (IOException gone) {
      return "";
    }
  }
}
