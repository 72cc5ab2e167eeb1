package dev.farpool.executor;

import dev.farpool.executor.task.SideThread;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that watches the clock for the others: it sends what has waited while a task runs on,
 * and ends the process when its lease has run out.
 *
 * <p>It sleeps until then. {@link #arm} makes it look every two milliseconds, as long as there is
 * something to send; less often while the task thread sends before it, as each look takes the
 * processor from the task. Thread-safe.
 */
final class Watch implements Runnable {
  private static final long LEAST_PERIOD_NANOS = 2_000_000;
  private static final long MOST_PERIOD_NANOS = 8_000_000;
  private static final int IDLE_ROUNDS = 8;

  private final Deadman deadman;
  private final Thread thread = SideThread.of("farpool-watch", this);
  private volatile long endNanos;
  private volatile boolean armed;
  private volatile Stdio stdio;

  // Below: of this thread.
  private long periodNanos = LEAST_PERIOD_NANOS;
  private int idle;

  Watch(Deadman deadman, long leaseNanos) {
    this.deadman = deadman;
    renew(leaseNanos);
  }

  /** Begins; {@code watched} is what it flushes. */
  void start(Stdio watched) {
    stdio = watched;
    thread.start();
  }

  /** The process may run on for so long. */
  void renew(long nanos) {
    endNanos = System.nanoTime() + nanos;
    LockSupport.unpark(thread);
  }

  /** Makes sure that what waits is sent soon, by whomever. */
  void arm() {
    if (!armed) {
      armed = true;
      LockSupport.unpark(thread);
    }
  }

  @Override
  public void run() {
    while (true) {
      long left = endNanos - System.nanoTime();
      if (left <= 0) {
        deadman.fence("nothing was heard of the worker for too long");
      }
      LockSupport.parkNanos(armed ? periodNanos : left);
      if (armed) {
        look();
      }
    }
  }

  private void look() {
    Stdio.Waiting found = flush();
    idle = found == Stdio.Waiting.NOTHING ? idle + 1 : 0;
    periodNanos =
        found == Stdio.Waiting.YOUNG
            ? Math.min(2 * periodNanos, MOST_PERIOD_NANOS)
            : LEAST_PERIOD_NANOS;
    if (idle > IDLE_ROUNDS) {
      armed = false;
      idle = 0;
      flush(); // Something may have come between the last look and the mark.
    }
  }

  private Stdio.Waiting flush() {
    try {
      return stdio.flushWaiting();
    } catch (IOException broken) {
      deadman.end("the task channel is broken: " + broken);
      return Stdio.Waiting.NOTHING;
    }
  }
}
