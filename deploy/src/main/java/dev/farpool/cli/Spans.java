package dev.farpool.cli;

import com.google.protobuf.Duration;
import java.util.Locale;

/** Time spans for people, to two or three digits. */
final class Spans {
  private static final int MILLIS = 1000;
  private static final int MINUTE = 60;

  private Spans() {}

  /** {@code 0.04 ms}, {@code 12 ms}, {@code 3.2 s}, {@code 45 s}, {@code 3 min 12 s}. */
  static String text(Duration span) {
    if (span.getSeconds() >= MINUTE) {
      return StatusTable.age(span);
    }
    double seconds = StatusJson.seconds(span);
    return seconds < 1 ? number(seconds * MILLIS) + " ms" : number(seconds) + " s";
  }

  /** Small numbers with a digit or two after the point. */
  static String number(double value) {
    String form = value == 0 || value >= 10 ? "%.0f" : value >= 1 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, form, value);
  }
}
