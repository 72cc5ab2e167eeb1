package dev.farpool.peers.table;

import java.util.Locale;

/** Numbers for people. */
public final class Numbers {
  private Numbers() {}

  /** Three digits that matter, with thousands set apart. */
  public static String text(double value) {
    String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }
}
