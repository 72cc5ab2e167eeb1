package dev.farpool.worker.exec.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Version 2: one hierarchy. A group whose members are bounded may hold no processes itself, so the
 * worker moves out of its own group, into one right below it.
 */
final class UnifiedHierarchy {
  /** The group that workers move to. */
  static final String WORKER = "farpool-worker";

  private static final String CONTROLLERS = "cgroup.controllers";
  private static final String FOR_CHILDREN = "cgroup.subtree_control";

  private final Path own;
  private final Path base;

  UnifiedHierarchy(Path own) {
    this.own = own;
    this.base = base(own);
  }

  /** The one there is; or null. */
  static UnifiedHierarchy among(List<Hierarchy> hierarchies) {
    return hierarchies.stream()
        .filter(Hierarchy::unified)
        .map(hierarchy -> new UnifiedHierarchy(hierarchy.own()))
        .findFirst()
        .orElse(null);
  }

  /** The group below which a worker in this group makes others. */
  static Path base(Path own) {
    return own.endsWith(WORKER) ? own.getParent() : own;
  }

  /** Whether it has the controllers for these bounds. */
  boolean has(Bounds bounds) {
    return GroupFiles.words(base, CONTROLLERS).containsAll(bounds.limits().keySet());
  }

  /**
   * Makes the group of a worker, in which bounds can be set.
   *
   * @return it, for each controller
   * @throws IOException if that is not possible; the text says what is missing
   */
  Map<String, Path> open(String name, Bounds bounds) throws IOException {
    if (base.equals(own)) {
      moveOut();
    }
    enable(base, bounds);
    Path group = Files.createDirectory(base.resolve(name));
    try {
      enable(group, bounds);
    } catch (IOException refused) {
      GroupEnd.remove(group);
      throw refused;
    }
    Map<String, Path> groups = new LinkedHashMap<>();
    bounds.limits().keySet().forEach(controller -> groups.put(controller, group));
    return groups;
  }

  private void moveOut() throws IOException {
    Path group = base.resolve(WORKER);
    try {
      Files.createDirectories(group);
      long pid = ProcessHandle.current().pid();
      GroupFiles.write(group, GroupFiles.PROCESSES, Long.toString(pid));
    } catch (IOException refused) {
      throw new IOException(
          "no cgroup can be made in "
              + base
              + "; give the worker's unit Delegate=memory pids: "
              + GroupFiles.reason(refused),
          refused);
    }
  }

  private static void enable(Path group, Bounds bounds) throws IOException {
    String wanted =
        bounds.limits().keySet().stream().map(name -> "+" + name).collect(Collectors.joining(" "));
    try {
      GroupFiles.write(group, FOR_CHILDREN, wanted);
    } catch (IOException busy) {
      throw new IOException(
          "the controllers of "
              + group
              + " cannot be handed on; the worker must be alone in it, as in a unit of its own with"
              + " Delegate=memory pids: "
              + busy.getMessage(),
          busy);
    }
  }
}
