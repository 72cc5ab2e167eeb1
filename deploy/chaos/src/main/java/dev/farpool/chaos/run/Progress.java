package dev.farpool.chaos.run;

import dev.farpool.chaos.schedule.Fault;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Shows how far a run is: a bar on a terminal, else a line for each fault. */
public final class Progress implements AutoCloseable {
  private static final long STEP_MILLIS = 500;

  private final ProgressBar bar;

  private Progress(ProgressBar bar) {
    this.bar = bar;
  }

  /** For a run that lasts so long. */
  public static Progress of(Settings settings, boolean terminal) {
    return new Progress(
        terminal
            ? new ProgressBarBuilder()
                .setTaskName("chaos")
                .setUnit(" s", 1)
                .setInitialMax(settings.faults().toSeconds())
                .build()
            : null);
  }

  /** Waits until so long after the origin. */
  void await(long origin, long millis) throws InterruptedException {
    long left = left(origin, millis);
    while (left > 0) {
      if (bar != null) {
        bar.stepTo(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - origin));
      }
      Thread.sleep(Math.min(left, STEP_MILLIS));
      left = left(origin, millis);
    }
  }

  private static long left(long origin, long millis) {
    return millis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - origin);
  }

  void fault(Fault fault) {
    if (bar == null) {
      System.out.println(fault);
    } else {
      bar.setExtraMessage(fault.kind().text() + " " + fault.target());
    }
  }

  void healed() {
    if (bar == null) {
      System.out.println("all is healed; waiting for the clients");
    } else {
      bar.setExtraMessage("healed, finishing");
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
