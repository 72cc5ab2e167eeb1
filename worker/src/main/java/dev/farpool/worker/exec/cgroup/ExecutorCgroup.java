package dev.farpool.worker.exec.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** The group of one executor: in version 1 one directory for each controller. Thread-safe. */
public final class ExecutorCgroup {
  /** That of an executor without one. */
  public static final ExecutorCgroup NONE = new ExecutorCgroup(Version.V2, Map.of());

  /** The shell moves itself before it becomes the program, which thus begins inside. */
  private static final String JOIN =
      "while [ \"$1\" != -- ]; do echo 0 >\"$1\" || exit 126; shift; done; shift; exec \"$@\"";

  private final Version version;
  private final Map<String, Path> byController;
  private final List<Path> groups;

  /**
   * @param byController the directory where each controller has its files
   */
  ExecutorCgroup(Version version, Map<String, Path> byController) {
    this.version = version;
    this.byController = byController;
    this.groups = List.copyOf(new LinkedHashSet<>(byController.values()));
  }

  /** Makes it; if that fails nothing is left. */
  void create(Bounds bounds) throws IOException {
    try {
      for (Path group : groups) {
        Files.createDirectory(group);
      }
      for (Map.Entry<String, Long> bound : bounds.limits().entrySet()) {
        version.bound(byController.get(bound.getKey()), bound.getKey(), bound.getValue());
      }
    } catch (IOException refused) {
      remove();
      throw refused;
    }
  }

  /** What comes before the command of a process that is to be in it. */
  public List<String> prefix() {
    if (groups.isEmpty()) {
      return List.of();
    }
    List<String> words = new ArrayList<>(List.of("sh", "-c", JOIN, "sh"));
    groups.forEach(group -> words.add(group.resolve(version.joining()).toString()));
    words.add("--");
    return words;
  }

  /** Kills all that is in it, however it hid, and waits until it is gone. */
  public void kill() {
    groups.forEach(GroupEnd::kill);
  }

  /** Whether the kernel killed a process in it for want of memory. */
  public boolean hasOomKills() {
    Path group = byController.get(Bounds.MEMORY);
    return group != null && version.oomKills(group) > 0;
  }

  /** Removes it, once nothing is in it. */
  public void remove() {
    groups.forEach(GroupEnd::remove);
  }
}
