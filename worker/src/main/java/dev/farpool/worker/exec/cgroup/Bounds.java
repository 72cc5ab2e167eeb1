package dev.farpool.worker.exec.cgroup;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the processes of one executor may have together, by the name of the controller that sees to
 * it.
 *
 * @param limits bytes for {@code memory}, processes and threads for {@code pids}
 */
public record Bounds(Map<String, Long> limits) {
  /** No bounds. */
  public static final Bounds NONE = new Bounds(Map.of());

  static final String MEMORY = "memory";
  static final String PIDS = "pids";

  private static final Set<String> NAMES = Set.of(MEMORY, PIDS);

  /** In the order of their names. */
  public Bounds {
    limits = new LinkedHashMap<>(new TreeMap<>(limits));
  }

  /** Those among limits of all kinds. */
  public static Bounds among(Map<String, Long> limits) {
    Map<String, Long> bounds = new TreeMap<>(limits);
    bounds.keySet().retainAll(NAMES);
    return new Bounds(bounds);
  }

  /** Whether it is the name of a bound. */
  public static boolean isName(String name) {
    return NAMES.contains(name);
  }

  @Override
  public String toString() {
    return String.join(" and ", limits.keySet());
  }
}
