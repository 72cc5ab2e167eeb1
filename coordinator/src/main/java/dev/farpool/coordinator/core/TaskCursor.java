package dev.farpool.coordinator.core;

/**
 * Where a listing of tasks goes on.
 *
 * @param pool the number of the pool; 0 among ended tasks
 * @param index of the task in its pool; among ended tasks the number under which it is kept
 */
public record TaskCursor(Section section, long pool, long index) {
  /** The parts of a listing, in their order. */
  public enum Section {
    /** Tasks that workers have. */
    RUNNING,
    /** Tasks that wait. */
    WAITING,
    /** Tasks that ended lately, the latest first. */
    ENDED
  }

  /** Where a listing begins. */
  public static final TaskCursor START = new TaskCursor(Section.RUNNING, 0, 0);

  private static final int PARTS = 3;

  static TaskCursor ended(long number) {
    return new TaskCursor(Section.ENDED, 0, number);
  }

  /** Reads what {@link #toString} wrote; null if that did not. */
  public static TaskCursor parse(String text) {
    String[] parts = text.split("-", -1);
    try {
      return parts.length == PARTS
          ? new TaskCursor(
              Section.valueOf(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]))
          : null;
    } catch (IllegalArgumentException notWritten) {
      return null;
    }
  }

  @Override
  public String toString() {
    return section + "-" + pool + "-" + index;
  }

  /** Whether all of a pool in a section was listed before. */
  boolean isBehind(Section other, long otherPool) {
    return other.compareTo(section) < 0 || (other == section && otherPool < pool);
  }

  /** The first task of a pool in a section that was not listed before. */
  long first(Section other, long otherPool) {
    return other == section && otherPool == pool ? index : 0;
  }
}
