package dev.farpool.executor.task;

import java.lang.reflect.Array;
import java.util.List;

/** Fits values to the parameters of a method. */
final class Arguments {
  /** What {@link #fit} gives for a value that does not fit. */
  static final Object NO_FIT = new Object();

  private static final int ANYTHING = 10;

  private int distance;

  /** How far the values fitted so far were from their parameters; 0 is a perfect fit. */
  int distance() {
    return distance;
  }

  /** The values as arguments of parameters with these types; null if one does not fit. */
  Object[] fit(Class<?>[] types, List<?> values) {
    if (types.length != values.size()) {
      return null;
    }
    Object[] arguments = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      arguments[i] = fit(types[i], values.get(i));
      if (arguments[i] == NO_FIT) {
        return null;
      }
    }
    return arguments;
  }

  private Object fit(Class<?> type, Object value) {
    if (value == null) {
      return type.isPrimitive() ? NO_FIT : null;
    } else if (value instanceof Long number) {
      return fitInteger(type, number);
    } else if (value instanceof Double number && (type == float.class || type == Float.class)) {
      distance += 1;
      return number.floatValue();
    } else if (value instanceof String text && (type == char.class || type == Character.class)) {
      distance += 1;
      return text.length() == 1 ? text.charAt(0) : NO_FIT;
    } else if (value instanceof List<?> items && type.isArray()) {
      return fitArray(type.getComponentType(), items);
    }
    return fitAsItIs(type, value);
  }

  private Object fitInteger(Class<?> type, Long number) {
    long value = number;
    if (type == long.class || type == Long.class) {
      return number;
    } else if (type == int.class || type == Integer.class) {
      distance += 1;
      return value == (int) value ? (Object) (int) value : NO_FIT;
    } else if (type == short.class || type == Short.class) {
      distance += 2;
      return value == (short) value ? (Object) (short) value : NO_FIT;
    } else if (type == byte.class || type == Byte.class) {
      distance += 3;
      return value == (byte) value ? (Object) (byte) value : NO_FIT;
    }
    return fitAsItIs(type, number);
  }

  private Object fitArray(Class<?> component, List<?> items) {
    distance += 1;
    Object array = Array.newInstance(component, items.size());
    for (int i = 0; i < items.size(); i++) {
      Object item = fit(component, items.get(i));
      if (item == NO_FIT) {
        return NO_FIT;
      }
      Array.set(array, i, item);
    }
    return array;
  }

  private Object fitAsItIs(Class<?> type, Object value) {
    if (type == value.getClass()
        || (type == double.class && value instanceof Double)
        || (type == boolean.class && value instanceof Boolean)) {
      return value;
    }
    distance += ANYTHING;
    return type.isInstance(value) ? value : NO_FIT;
  }
}
