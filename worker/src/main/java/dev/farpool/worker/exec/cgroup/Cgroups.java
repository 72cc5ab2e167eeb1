package dev.farpool.worker.exec.cgroup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The groups of one worker's executors, below the group that the worker is in. They are made only
 * where bounds are asked for: on hosts where others look after the groups, a worker makes none that
 * nobody wanted. Thread-safe.
 */
public final class Cgroups implements AutoCloseable {
  private final Version version;
  private final Bounds bounds;

  /** The directory of this worker in the hierarchy of each controller that it needs. */
  private final Map<String, Path> byController;

  private Cgroups(Version version, Bounds bounds, Map<String, Path> byController) {
    this.version = version;
    this.bounds = bounds;
    this.byController = byController;
  }

  /**
   * Ends and removes what dead workers left here, and makes ready what these bounds take.
   *
   * @throws IllegalArgumentException if they cannot be had; the text says what is missing
   */
  public static Cgroups open(Bounds bounds) {
    List<Hierarchy> hierarchies = Hierarchy.all();
    sweep(hierarchies);
    if (bounds.limits().isEmpty()) {
      return new Cgroups(Version.V2, bounds, Map.of());
    }
    try {
      return open(bounds, hierarchies);
    } catch (IOException refused) {
      throw new IllegalArgumentException(
          "executors cannot be bounded in " + bounds + ": " + refused.getMessage(), refused);
    }
  }

  private static Cgroups open(Bounds bounds, List<Hierarchy> hierarchies) throws IOException {
    UnifiedHierarchy unified = UnifiedHierarchy.among(hierarchies);
    String name = GroupName.next();
    Cgroups groups =
        unified != null && unified.has(bounds)
            ? new Cgroups(Version.V2, bounds, unified.open(name, bounds))
            : new Cgroups(Version.V1, bounds, SplitHierarchies.open(name, bounds, hierarchies));
    try {
      groups.tryOut();
      return groups;
    } catch (IOException refused) {
      groups.close();
      throw refused;
    }
  }

  private static void sweep(List<Hierarchy> hierarchies) {
    for (Hierarchy hierarchy : quickestFirst(hierarchies)) {
      for (Path group : GroupFiles.below(UnifiedHierarchy.base(hierarchy.own()))) {
        if (GroupName.isLeftOver(group.getFileName().toString())) {
          GroupEnd.kill(group);
          GroupEnd.remove(group);
        }
      }
    }
  }

  /** Where processes can be kept from forking they are killed at once. */
  private static List<Hierarchy> quickestFirst(List<Hierarchy> hierarchies) {
    return hierarchies.stream()
        .sorted(Comparator.comparing(each -> !each.controllers().contains(Bounds.PIDS)))
        .toList();
  }

  /** A group is made and joined as an executor will be: what fails later fails now. */
  private void tryOut() throws IOException {
    ExecutorCgroup group = create("try");
    try {
      List<String> command = new ArrayList<>(group.prefix());
      command.addAll(List.of("sh", "-c", ":"));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException("a process could not join its cgroup: " + words.strip());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while trying out how executors start", interrupted);
    } finally {
      group.kill();
      group.remove();
    }
  }

  /**
   * Makes the group of an executor; one that means nothing where there are no bounds.
   *
   * @param name unlike that of any other that is there
   */
  public ExecutorCgroup create(String name) throws IOException {
    if (!areUsed()) {
      return ExecutorCgroup.NONE;
    }
    Map<String, Path> groups = new LinkedHashMap<>();
    byController.forEach((controller, group) -> groups.put(controller, group.resolve(name)));
    ExecutorCgroup group = new ExecutorCgroup(version, groups);
    group.create(bounds);
    return group;
  }

  /** Whether each executor is in a group of its own. */
  public boolean areUsed() {
    return !byController.isEmpty();
  }

  /** What is active, for those who look for a worker: labels of it. */
  public Map<String, String> labels() {
    return areUsed() ? Map.of("executor-cgroups", version == Version.V1 ? "v1" : "v2") : Map.of();
  }

  /** Kills what may still be there, and removes all. */
  @Override
  public void close() {
    for (Path group : byController.values()) {
      if (Files.exists(group)) {
        GroupEnd.kill(group);
        GroupEnd.remove(group);
      }
    }
  }
}
