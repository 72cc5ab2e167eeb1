package dev.farpool.call;

import java.io.NotSerializableException;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Finds the way to what cannot be serialized, for a message a person can act on: {@code
 * com.x.Job.conn (java.net.Socket) is not Serializable}.
 */
final class UnserializablePath {
  private static final int MAX_VISITS = 100_000;

  private final Deque<Step> queue = new ArrayDeque<>();
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private record Step(Object value, String path) {}

  private UnserializablePath() {}

  /** The text for a value that Java serialization refused; breadth first, so the way is short. */
  static String find(Object root, NotSerializableException refused) {
    UnserializablePath search = new UnserializablePath();
    search.enqueue(root, root.getClass().getName());
    for (int visits = 0; visits < MAX_VISITS && !search.queue.isEmpty(); visits++) {
      Step step = search.queue.remove();
      Object value = step.value();
      if (!(value instanceof Serializable)) {
        return text(step, root);
      }
      search.expand(step);
    }
    return root.getClass().getName() + " refers to " + refused.getMessage() + ", not Serializable";
  }

  private static String text(Step step, Object root) {
    String type = step.value().getClass().getName();
    return step.value() == root
        ? type + " is not Serializable"
        : step.path() + " (" + type + ") is not Serializable";
  }

  private void expand(Step step) {
    Object value = step.value();
    if (value instanceof Object[] array) {
      for (int i = 0; i < array.length; i++) {
        enqueue(array[i], step.path() + "[" + i + "]");
      }
    } else if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        enqueue(entry.getKey(), step.path() + " key " + entry.getKey());
        enqueue(entry.getValue(), step.path() + "[" + entry.getKey() + "]");
      }
    } else if (value instanceof Collection<?> collection) {
      int i = 0;
      for (Object item : collection) {
        enqueue(item, step.path() + "[" + i++ + "]");
      }
    } else {
      expandFields(step);
    }
  }

  private void expandFields(Step step) {
    for (Class<?> type = step.value().getClass();
        type != null && Serializable.class.isAssignableFrom(type);
        type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        int modifiers = field.getModifiers();
        if (!Modifier.isStatic(modifiers)
            && !Modifier.isTransient(modifiers)
            && !field.getType().isPrimitive()
            && field.trySetAccessible()) {
          enqueue(read(field, step.value()), type.getName() + "." + field.getName());
        }
      }
    }
  }

  private static Object read(Field field, Object from) {
    try {
      return field.get(from);
    } catch (IllegalAccessException checkedBefore) {
      throw new AssertionError(checkedBefore);
    }
  }

  private void enqueue(Object value, String path) {
    if (value != null && seen.add(value)) {
      queue.add(new Step(value, path));
    }
  }
}
