package dev.farpool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;

/** How the input of a map is cut, as CPython cuts it. */
final class Chunks {
  private static final int PER_PROCESS = 4;

  /** So many numbers take some kilobytes and run some 100 µs: much against the cost of a task. */
  private static final int MOST_IN_A_PIECE = 2_000;

  private Chunks() {}

  /** CPython's formula: four chunks a process, rounded up. */
  static int defaultSize(int items, int processes) {
    long shares = (long) processes * PER_PROCESS;
    return (int) (items / shares + (items % shares == 0 ? 0 : 1));
  }

  static int check(int chunkSize) {
    if (chunkSize < 1) {
      throw new IllegalArgumentException("Chunksize must be 1+, not " + chunkSize);
    }
    return chunkSize;
  }

  /** How many items each chunk has. */
  static int[] counts(int items, int chunkSize) {
    if (items == 0) {
      return new int[0];
    }
    int[] counts = new int[(items - 1) / chunkSize + 1];
    Arrays.fill(counts, chunkSize);
    counts[counts.length - 1] = items - (counts.length - 1) * chunkSize;
    return counts;
  }

  /** How many items each piece has, where every chunk travels in pieces of moderate size. */
  static int[] pieces(int[] chunks) {
    return Arrays.stream(chunks)
        .flatMap(chunk -> Arrays.stream(counts(chunk, MOST_IN_A_PIECE)))
        .toArray();
  }

  static Object[] items(Iterable<?> input) {
    Objects.requireNonNull(input, "items");
    if (input instanceof Collection<?> collection) {
      return collection.toArray();
    }
    ArrayList<Object> items = new ArrayList<>();
    input.forEach(items::add);
    return items.toArray();
  }
}
