package dev.farpool.executor;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that watches the clock for the others: it sends what has waited while a task runs on,
 * and ends the process when nothing was heard of the agent for the lease.
 *
 * <p>It sleeps until the lease would run out. {@link #arm} makes it look every two milliseconds, as
 * long as there is something to send. Thread-safe.
 */
final class Watch implements Runnable {
  private static final long PERIOD_NANOS = 2_000_000;
  private static final int IDLE_ROUNDS = 8;

  private final Deadman deadman;
  private final long leaseNanos;
  private final Thread thread = new Thread(null, this, "farpool-watch", 256 * 1024);
  private volatile long heardNanos = System.nanoTime();
  private volatile boolean armed;
  private volatile Stdio stdio;

  Watch(Deadman deadman, long leaseNanos) {
    this.deadman = deadman;
    this.leaseNanos = leaseNanos;
    thread.setDaemon(true);
  }

  /** Begins; {@code watched} is what it flushes. */
  void start(Stdio watched) {
    stdio = watched;
    thread.start();
  }

  /** Renews the lease. */
  void heard() {
    heardNanos = System.nanoTime();
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
    int idle = 0;
    while (true) {
      LockSupport.parkNanos(armed ? PERIOD_NANOS : leaseNanos / 4);
      if (System.nanoTime() - heardNanos > leaseNanos) {
        deadman.end("nothing was heard of the worker for the lease");
      }
      if (armed) {
        idle = flush() ? 0 : idle + 1;
        if (idle > IDLE_ROUNDS) {
          armed = false;
          idle = 0;
          flush(); // Something may have come between the last look and the mark.
        }
      }
    }
  }

  private boolean flush() {
    try {
      return stdio.flushWaiting();
    } catch (IOException broken) {
      deadman.end("the task channel is broken: " + broken);
      return false;
    }
  }
}
