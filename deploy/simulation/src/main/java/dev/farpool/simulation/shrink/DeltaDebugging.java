package dev.farpool.simulation.shrink;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Leaves out of a list what is not needed: halves first, then ever smaller pieces. */
final class DeltaDebugging {
  private DeltaDebugging() {}

  /**
   * Leaves out what is not needed.
   *
   * @param items for which {@code stillFails} holds
   * @return a part of it for which it holds, too, and no longer if a single item more is left out,
   *     as far as the tries were enough
   */
  static <T> List<T> minimize(List<T> items, Predicate<List<T>> stillFails) {
    List<T> current = items;
    int size = Math.max(1, current.size() / 2);
    while (!current.isEmpty()) {
      List<T> smaller = withoutAPiece(current, size, stillFails);
      if (smaller != null) {
        current = smaller;
        size = Math.max(1, Math.min(size, current.size() / 2));
      } else if (size == 1) {
        return current;
      } else {
        size = size / 2;
      }
    }
    return current;
  }

  private static <T> List<T> withoutAPiece(List<T> items, int size, Predicate<List<T>> stillFails) {
    for (int from = items.size() - 1; from >= 0; from -= size) {
      int start = Math.max(0, from - size + 1);
      List<T> rest = new ArrayList<>(items.subList(0, start));
      rest.addAll(items.subList(from + 1, items.size()));
      if (stillFails.test(rest)) {
        return rest;
      }
    }
    return null;
  }
}
