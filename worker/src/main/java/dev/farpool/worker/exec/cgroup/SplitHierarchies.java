package dev.farpool.worker.exec.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Version 1: each controller has a hierarchy of its own, and a process a place in each. */
final class SplitHierarchies {
  private SplitHierarchies() {}

  /**
   * Makes the directories of a worker.
   *
   * @return by controller: what is bounded, and what it takes to kill
   * @throws IOException if that is not possible; the text says what is missing
   */
  static Map<String, Path> open(String name, Bounds bounds, List<Hierarchy> hierarchies)
      throws IOException {
    // First of all: whoever can keep processes from forking can kill them.
    Set<String> needed = new LinkedHashSet<>(Set.of(Bounds.PIDS));
    needed.addAll(bounds.limits().keySet());
    Map<String, Path> made = new LinkedHashMap<>();
    try {
      for (String controller : needed) {
        made.put(controller, make(own(controller, hierarchies).resolve(name)));
      }
      return made;
    } catch (IOException refused) {
      made.values().forEach(GroupEnd::remove);
      throw refused;
    }
  }

  private static Path own(String controller, List<Hierarchy> hierarchies) throws IOException {
    for (Hierarchy hierarchy : hierarchies) {
      if (hierarchy.controllers().contains(controller)) {
        return hierarchy.own();
      }
    }
    throw new IOException(
        "this process has no cgroup with the controller "
            + controller
            + "; its unit needs Delegate=memory pids");
  }

  private static Path make(Path group) throws IOException {
    try {
      return Files.createDirectory(group);
    } catch (IOException refused) {
      throw new IOException(
          "no cgroup can be made in "
              + group.getParent()
              + ", which takes root where cgroups are of version 1: "
              + GroupFiles.reason(refused),
          refused);
    }
  }
}
