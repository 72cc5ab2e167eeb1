package dev.farpool.bench;

import dev.farpool.AsyncResult;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** What the workloads' tasks do, and how their results are awaited. */
final class Load {
  private Load() {}

  static void noop() {}

  static int square(int x) {
    return x * x;
  }

  static byte[] echo(byte[] bytes) {
    return bytes;
  }

  /** Keeps a core busy: sleeping would not show what the machinery costs. */
  static void spin(long nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  /** The same as a function; gives what it was given. */
  static long spun(long nanos) {
    spin(nanos);
    return nanos;
  }

  static <R> R get(AsyncResult<R> result) throws InterruptedException {
    try {
      return result.get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a task failed: " + failed.getCause(), failed);
    }
  }

  static void getAll(List<? extends AsyncResult<?>> results) throws InterruptedException {
    for (AsyncResult<?> result : results) {
      get(result);
    }
  }
}
