package dev.farpool;

import dev.farpool.call.Columns;
import java.io.Serial;
import java.io.Serializable;
import java.lang.reflect.Array;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;

/**
 * The results of a map: a list of fixed size whose items can be replaced. Numbers that are all of
 * one type stay an array of them, a fifth of what as many objects take, and are boxed when somebody
 * looks at them. Not thread-safe where it is changed.
 */
final class ResultList<R> extends AbstractList<R> implements RandomAccess, Serializable {
  @Serial private static final long serialVersionUID = 1;

  private final int size;

  /** Of objects, or of one primitive type. */
  private transient Object array;

  ResultList(int size) {
    this.size = size;
    this.array = size == 0 ? new Object[0] : null;
  }

  /**
   * Puts the first items of an array of objects, ints, longs or doubles in their place. The list
   * may keep the array, and must be filled completely before anybody looks at it.
   *
   * @param most how many; a part that handed back some and then ran again, as its worker was lost,
   *     brings more
   */
  void put(int at, int most, Object part) {
    int count = Math.min(most, Columns.size(part));
    if (array == null) {
      boolean whole = count == size && count == Columns.size(part);
      array = whole ? part : Array.newInstance(part.getClass().getComponentType(), size);
    }
    if (array.getClass() != part.getClass()) {
      array = Columns.boxed(array);
    }
    if (array != part) {
      Object fitting = array instanceof Object[] ? Columns.boxed(part) : part;
      System.arraycopy(fitting, 0, array, at, count);
    }
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  @SuppressWarnings("unchecked") // The types were checked where the call was written.
  public R get(int at) {
    return (R) Columns.item(array, at);
  }

  @Override
  public R set(int at, R item) {
    R before = get(at);
    Object[] objects = Columns.boxed(array);
    objects[at] = item;
    array = objects;
    return before;
  }

  @Override
  public Object[] toArray() {
    return array instanceof Object[] objects
        ? Arrays.copyOf(objects, size, Object[].class)
        : Columns.boxed(array);
  }

  @Serial
  private Object writeReplace() {
    return Arrays.asList(toArray());
  }
}
