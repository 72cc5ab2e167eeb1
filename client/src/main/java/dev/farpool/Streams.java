package dev.farpool;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What may still need tasks when a pool is closed: the {@code imap} streams that are being fed, and
 * maps. Thread-safe.
 */
final class Streams {
  private static final int WINDOW_PER_PROCESS = 2;
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final PoolBackend backend;
  private final int processes;
  private final Set<ResultStream<?>> fed = new HashSet<>();
  private int maps;
  private Runnable whenAllFed;
  private boolean unbounded;

  Streams(PoolBackend backend, int processes) {
    this.backend = backend;
    this.processes = processes;
  }

  long window() {
    return (long) WINDOW_PER_PROCESS * processes;
  }

  <T, R> ResultStream<R> start(
      SerializableFunction<? super T, ? extends R> function,
      Iterable<? extends T> items,
      int chunkSize,
      long window,
      boolean ordered) {
    if (window < 1) {
      throw new IllegalArgumentException("window must be at least 1, not " + window);
    }
    Objects.requireNonNull(function, "function");
    Objects.requireNonNull(items, "items");
    ResultStream<R> stream = new ResultStream<>(backend, ordered, window, backend.trace("imap", 0));
    StreamFeeder<T> feeder =
        new StreamFeeder<>(
            backend, stream, function, items.iterator(), chunkSize, () -> ended(stream));
    synchronized (this) {
      if (unbounded) {
        stream.openWindow();
      }
      fed.add(stream);
    }
    Thread thread = new Thread(feeder, "farpool-imap-" + NUMBERS.incrementAndGet());
    thread.setDaemon(true);
    thread.start();
    return stream;
  }

  private void ended(ResultStream<?> stream) {
    Runnable run;
    synchronized (this) {
      fed.remove(stream);
      run = allFed() ? whenAllFed : null;
    }
    if (run != null) {
      run.run();
    }
  }

  /**
   * A map begins whose chunks may be cut further: until it ends it may need more tasks.
   *
   * @return to be run once, when it has ended
   */
  synchronized Runnable mapBegan() {
    maps++;
    return this::mapEnded;
  }

  private void mapEnded() {
    Runnable run;
    synchronized (this) {
      maps--;
      run = allFed() ? whenAllFed : null;
    }
    if (run != null) {
      run.run();
    }
  }

  private boolean allFed() {
    return fed.isEmpty() && maps == 0;
  }

  /** Runs something when every stream has taken all of its input, and every map has ended. */
  void whenAllFed(Runnable run) {
    synchronized (this) {
      whenAllFed = run;
      if (!allFed()) {
        return;
      }
    }
    run.run();
  }

  /** Somebody waits for the end of all streams: no reader is waited for any more. */
  synchronized void openWindows() {
    unbounded = true;
    fed.forEach(ResultStream::openWindow);
  }

  /** The pool was terminated: the feeders take no more input. */
  synchronized void stop() {
    fed.forEach(ResultStream::terminate);
  }
}
