package dev.farpool.examples;

import java.util.Iterator;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A progress bar where there is a terminal to show it, and nothing elsewhere. */
final class Progress {
  private Progress() {}

  /** Passes the items on and shows how many of {@code total} have passed. */
  static <T> Iterable<T> of(String title, long total, Iterator<T> items) {
    if (!onTerminal()) {
      return () -> items;
    }
    ProgressBarBuilder bar =
        new ProgressBarBuilder().setTaskName(title).setInitialMax(total).hideEta();
    return () -> ProgressBar.wrap(items, bar);
  }

  @SuppressWarnings(
      "SystemConsoleNull") // JDK 22 to 24 have one always; then the bar is a few lines.
  private static boolean onTerminal() {
    return System.console() != null;
  }
}
