package dev.farpool.chaos.work;

import dev.farpool.chaos.history.Event.Guarantee;
import dev.farpool.chaos.history.Event.Kind;
import dev.farpool.chaos.history.HistoryFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Writes down what a client submits and what it gets, and holds it to a window and a rate.
 * Thread-safe.
 */
final class Ledger {
  /** Who was held up may hurry for so much time that was lost. */
  private static final long LAG_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final HistoryFile events;
  private final Guarantee guarantee;
  private final int window;
  private final Semaphore room;
  private final long nanosPerTask;
  private long next = System.nanoTime();

  Ledger(HistoryFile events, Guarantee guarantee, int window, int rate) {
    this.events = events;
    this.guarantee = guarantee;
    this.window = window;
    this.room = new Semaphore(window);
    this.nanosPerTask = rate == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / rate;
  }

  /** A task is about to be submitted: waits until it may be. */
  void submitting(String id) throws InterruptedException {
    room.acquire();
    pace();
    write(Kind.SUBMIT, id, guarantee.name());
  }

  private synchronized void pace() throws InterruptedException {
    next = Math.max(next + nanosPerTask, System.nanoTime() - LAG_NANOS);
    TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
  }

  /** A result has come. */
  void result(String id, Long value) {
    write(Kind.RESULT, id, value.toString());
    room.release();
  }

  /** A failure has come. */
  void failure(String id, Throwable failure) {
    write(Kind.FAILURE, id, failure.toString());
    room.release();
  }

  /** Waits until all that was submitted has its outcome. */
  void awaitEmpty() throws InterruptedException {
    room.acquire(window);
  }

  private void write(Kind kind, String id, String text) {
    try {
      events.add(kind, id, text);
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }
}
