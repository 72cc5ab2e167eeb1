package dev.farpool.worker.exec.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A hierarchy of groups that is mounted here, and the place of this process in it.
 *
 * @param own the directory of the group that this process is in
 * @param controllers of version 1, where each hierarchy has its own; those of version 2 stand in a
 *     file of each group
 * @param unified whether it is of version 2
 */
record Hierarchy(Path own, Set<String> controllers, boolean unified) {
  private static final Path PROC = Path.of("/proc/self");
  private static final int ROOT = 3;
  private static final int MOUNT_POINT = 4;

  /** A line of {@code /proc/self/cgroup}: of version 2 if it names no controllers. */
  private record Membership(Set<String> controllers, String path) {
    static Membership parse(String line) {
      String[] fields = line.split(":", 3);
      Set<String> controllers = fields[1].isEmpty() ? Set.of() : Set.of(fields[1].split(","));
      return new Membership(controllers, fields[2]);
    }
  }

  /** All there are; none where there is no such thing. */
  static List<Hierarchy> all() {
    try {
      return parse(
          Files.readAllLines(PROC.resolve("cgroup")),
          Files.readAllLines(PROC.resolve("mountinfo")));
    } catch (IOException notLinux) {
      return List.of();
    }
  }

  /** What the lines of {@code /proc/self/cgroup} and {@code /proc/self/mountinfo} say. */
  static List<Hierarchy> parse(List<String> groups, List<String> mounts) {
    List<Hierarchy> found = new ArrayList<>();
    for (String mount : mounts) {
      String[] halves = mount.split(" - ", 2);
      String[] type = halves.length == 2 ? halves[1].split(" ", 3) : new String[] {""};
      if (type[0].equals("cgroup") || type[0].equals("cgroup2")) {
        boolean unified = type[0].equals("cgroup2");
        Set<String> options = unified ? Set.of() : Set.of(type[2].split(","));
        for (String group : groups) {
          add(found, halves[0].split(" "), options, unified, Membership.parse(group));
        }
      }
    }
    return found;
  }

  private static void add(
      List<Hierarchy> found,
      String[] mount,
      Set<String> options,
      boolean unified,
      Membership member) {
    boolean same =
        unified == member.controllers.isEmpty()
            && (unified || options.containsAll(member.controllers));
    String below = below(mount[ROOT], member.path);
    if (same && below != null) {
      Path own = Path.of(mount[MOUNT_POINT], below);
      found.add(new Hierarchy(own, member.controllers, unified));
    }
  }

  /** A path below the root of a mount; null if it is outside, as it is in some containers. */
  private static String below(String root, String path) {
    String start = root.equals("/") ? "" : root;
    boolean inside = path.equals(start) || path.startsWith(start + "/");
    return inside && !path.contains("/..") ? path.substring(start.length()) : null;
  }
}
