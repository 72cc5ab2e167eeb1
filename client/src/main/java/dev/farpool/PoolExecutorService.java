package dev.farpool;

import dev.farpool.call.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A pool in the shape that Java programs know. */
final class PoolExecutorService implements ExecutorService {
  private final Pool pool;

  PoolExecutorService(Pool pool) {
    this.pool = pool;
  }

  private <T> AsyncResult<T> submit(Shape shape, Object task) {
    Objects.requireNonNull(task, "task");
    try {
      return pool.submit(shape, task, TaskOptions.DEFAULTS, null);
    } catch (IllegalStateException notRunning) {
      throw new RejectedExecutionException(notRunning.getMessage(), notRunning);
    }
  }

  @Override
  public <T> Future<T> submit(Callable<T> task) {
    return submit(Shape.CALL, task);
  }

  @Override
  public Future<?> submit(Runnable task) {
    return submit(Shape.RUN, task);
  }

  @Override
  public <T> Future<T> submit(Runnable task, T result) {
    AsyncResult<Void> ran = submit(Shape.RUN, task);
    return ran.thenApply(nothing -> result).toCompletableFuture();
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // As with every executor.
  public void execute(Runnable task) {
    submit(Shape.RUN, task);
  }

  @Override
  public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks)
      throws InterruptedException {
    return invokeAll(tasks, Long.MAX_VALUE, TimeUnit.NANOSECONDS);
  }

  @Override
  public <T> List<Future<T>> invokeAll(
      Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException {
    long deadline = System.nanoTime() + unit.toNanos(timeout);
    boolean forEver = unit.toNanos(timeout) == Long.MAX_VALUE;
    List<Future<T>> futures = new ArrayList<>(tasks.size());
    for (Callable<T> task : tasks) {
      futures.add(submit(Shape.CALL, task));
    }
    for (Future<T> future : futures) {
      long left = forEver ? Long.MAX_VALUE : deadline - System.nanoTime();
      if (!((AsyncResult<T>) future).await(Duration.ofNanos(left))) {
        future.cancel(true);
      }
    }
    return futures;
  }

  @Override
  public <T> T invokeAny(Collection<? extends Callable<T>> tasks)
      throws InterruptedException, ExecutionException {
    try {
      return invokeAny(tasks, Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    } catch (TimeoutException never) {
      throw new AssertionError(never);
    }
  }

  @Override
  public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (tasks.isEmpty()) {
      throw new IllegalArgumentException("tasks must not be empty");
    }
    List<AsyncResult<T>> results = new ArrayList<>(tasks.size());
    for (Callable<T> task : tasks) {
      results.add(submit(Shape.CALL, task));
    }
    try {
      return first(results).get(timeout, unit);
    } catch (CancellationException cancelled) {
      throw new ExecutionException(cancelled);
    } finally {
      results.forEach(result -> result.cancel(true));
    }
  }

  /** The first success, or the last failure. */
  @SuppressWarnings("FutureReturnValueIgnored") // Its outcome is that of the first.
  private static <T> CompletableFuture<T> first(List<AsyncResult<T>> results) {
    CompletableFuture<T> first = new CompletableFuture<>();
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (AsyncResult<T> result : results) {
      all.add(result.thenAccept(first::complete).toCompletableFuture());
    }
    CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
        .whenComplete(
            (nothing, failure) -> {
              if (failure != null) {
                first.completeExceptionally(failure.getCause());
              }
            });
    return first;
  }

  @Override
  public void shutdown() {
    pool.close();
  }

  @Override
  public List<Runnable> shutdownNow() {
    pool.terminate();
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return !pool.running();
  }

  @Override
  public boolean isTerminated() {
    return pool.ended();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    if (pool.running()) {
      TimeUnit.NANOSECONDS.sleep(unit.toNanos(timeout));
      return false;
    }
    return pool.join(Duration.ofNanos(unit.toNanos(timeout)));
  }
}
