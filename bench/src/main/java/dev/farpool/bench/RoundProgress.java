package dev.farpool.bench;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A progress bar over the rounds of all workloads, or nothing where nobody would see it. */
final class RoundProgress implements AutoCloseable {
  private final ProgressBar bar;

  private RoundProgress(ProgressBar bar) {
    this.bar = bar;
  }

  static RoundProgress of(int rounds, boolean visible) {
    return new RoundProgress(
        visible
            ? new ProgressBarBuilder()
                .setTaskName("bench")
                .setUnit(" rounds", 1)
                .setInitialMax(rounds)
                .build()
            : null);
  }

  /** Another round begins. */
  void step(String workload) {
    if (bar != null) {
      bar.setExtraMessage(workload);
      bar.step();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
