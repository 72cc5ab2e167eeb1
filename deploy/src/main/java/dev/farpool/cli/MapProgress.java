package dev.farpool.cli;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A progress bar on a terminal's standard error, or nothing where nobody would see it. */
final class MapProgress implements AutoCloseable {
  private static final String CLEAR_LINE = "\r\033[K";

  private final ProgressBar bar;

  private MapProgress(ProgressBar bar) {
    this.bar = bar;
  }

  static MapProgress of(boolean visible) {
    return new MapProgress(
        visible
            ? new ProgressBarBuilder()
                .setTaskName("map")
                .setUnit(" jobs", 1)
                .setInitialMax(-1)
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .showSpeed()
                .build()
            : null);
  }

  /** So many jobs have ended, of which some failed. */
  void ended(long jobs, long failed) {
    if (bar != null) {
      bar.stepTo(jobs);
      if (failed > 0) {
        bar.setExtraMessage(" " + failed + " failed");
      }
    }
  }

  /** The input has ended: so many jobs there are. */
  void total(long jobs) {
    if (bar != null) {
      bar.maxHint(jobs);
    }
  }

  /** Something else is about to be written to the terminal: the bar comes back below it. */
  void makeWay() {
    if (bar != null) {
      System.err.print(CLEAR_LINE);
      System.err.flush();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
