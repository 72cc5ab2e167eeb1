package dev.farpool.coordinator.fuzz;

import dev.farpool.v1.BlobRef;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts what an object of ours holds on to, by class: what is kept too long shows here. */
final class Footprint {
  private final Map<String, Integer> counts = new TreeMap<>();
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> open = new ArrayDeque<>();

  private Footprint() {}

  /** The numbers of objects that can be reached, of our classes and in collections. */
  static Map<String, Integer> of(Object root) throws IllegalAccessException {
    Footprint footprint = new Footprint();
    footprint.meet(root);
    while (!footprint.open.isEmpty()) {
      footprint.visit(footprint.open.poll());
    }
    return footprint.counts;
  }

  /** What there is more of than before, and by how much. */
  static Map<String, Integer> growth(Map<String, Integer> before, Map<String, Integer> after) {
    Map<String, Integer> growth = new TreeMap<>();
    after.forEach(
        (what, count) -> {
          int more = count - before.getOrDefault(what, 0);
          if (more > 0) {
            growth.put(what, more);
          }
        });
    return growth;
  }

  private void meet(Object object) {
    if (object != null && isFollowed(object) && seen.add(object)) {
      open.add(object);
    }
  }

  private static boolean isFollowed(Object object) {
    return object instanceof Collection<?>
        || object instanceof Map<?, ?>
        || object instanceof Object[]
        || isOurs(object.getClass());
  }

  private static boolean isOurs(Class<?> type) {
    return type.getName().startsWith("dev.farpool.")
        && !type.isEnum()
        && !isTest(type)
        && !isHistory(type);
  }

  /** What is remembered for a while; tests of its own hold it to its bounds. */
  private static boolean isHistory(Class<?> type) {
    return type.getPackageName().equals("dev.farpool.coordinator.history");
  }

  private static boolean isTest(Class<?> type) {
    return type.getPackageName().equals(Footprint.class.getPackageName());
  }

  private void visit(Object object) throws IllegalAccessException {
    if (object instanceof Map<?, ?> map) {
      meetAll(map.keySet());
      meetAll(map.values());
    } else if (object instanceof Collection<?> collection) {
      meetAll(collection);
    } else if (object instanceof Object[]) {
      for (int i = 0; i < Array.getLength(object); i++) {
        meet(Array.get(object, i));
      }
    } else if (!(object instanceof BlobRef)) { // What is on disk is remembered.
      counts.merge(plainName(object.getClass()), 1, Integer::sum);
      visitFields(object);
    }
  }

  private void meetAll(Collection<?> elements) {
    // What is no object of ours counts as an entry.
    for (Object element : elements) {
      if (element != null && !isFollowed(element)) {
        counts.merge("entry " + plainName(element.getClass()), 1, Integer::sum);
      }
      meet(element);
    }
  }

  private static String plainName(Class<?> type) {
    return type.getName().replaceAll("(\\$\\$Lambda).*", "$1");
  }

  private void visitFields(Object object) throws IllegalAccessException {
    for (Class<?> type = object.getClass(); isOurs(type); type = type.getSuperclass()) {
      if (type.getPackageName().startsWith("dev.farpool.v1")) {
        return; // A message, whatever it holds, is one thing.
      }
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          field.setAccessible(true);
          meet(field.get(object));
        }
      }
    }
  }
}
