package dev.farpool.call;

/** Arrays of objects, or of ints, longs or doubles, which take a fifth of the room. */
public final class Columns {
  private Columns() {}

  /** How many items an array has. */
  public static int size(Object column) {
    if (column instanceof int[] ints) {
      return ints.length;
    } else if (column instanceof long[] longs) {
      return longs.length;
    } else if (column instanceof double[] doubles) {
      return doubles.length;
    }
    return ((Object[]) column).length;
  }

  /** An item as an object. */
  public static Object item(Object column, int at) {
    if (column instanceof int[] ints) {
      return ints[at];
    } else if (column instanceof long[] longs) {
      return longs[at];
    } else if (column instanceof double[] doubles) {
      return doubles[at];
    }
    return ((Object[]) column)[at];
  }

  /** All items as objects; an array of objects is given back as it is. */
  public static Object[] boxed(Object column) {
    if (column instanceof Object[] objects) {
      return objects;
    }
    Object[] boxes = new Object[size(column)];
    for (int i = 0; i < boxes.length; i++) {
      boxes[i] = item(column, i);
    }
    return boxes;
  }
}
