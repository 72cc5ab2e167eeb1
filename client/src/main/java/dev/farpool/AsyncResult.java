package dev.farpool;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The result of a task, or of a map, that may not be there yet.
 *
 * <p>As a {@link Future} it can be waited for, as a {@link java.util.concurrent.CompletionStage} it
 * can be built upon; what is built upon it runs on the pool's callback thread unless another
 * executor is given, and never in the common pool.
 *
 * <p>A result without callbacks is decoded by the thread that first looks at it. Thread-safe.
 *
 * @param <R> the result's type
 */
public abstract sealed class AsyncResult<R> extends DelegatingStage<R> implements Future<R>
    permits TaskResult, MapResult {
  /** Below this a time-out is a way to poll, and not worth a question to the coordinator. */
  static final Duration WORTH_EXPLAINING = Duration.ofMillis(100);

  private static final long CANCEL_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final PoolBackend backend;
  private final Callbacks<R> callbacks;
  private boolean ready;
  private Settled<R> settled;
  private ResultStage<R> stage;

  AsyncResult(PoolBackend backend, Callbacks<R> callbacks) {
    this.backend = backend;
    this.callbacks = callbacks;
  }

  final PoolBackend backend() {
    return backend;
  }

  /** Decodes what has arrived; never throws. */
  abstract Settled<R> decode();

  /** Cancels what is behind the result; says whether anything was cancelled. */
  abstract CompletionStage<Boolean> cancelTasks(CancelMode mode);

  /** Why the result is not ready, in a sentence. */
  abstract CompletionStage<String> explanation();

  /** All of the result is here. Called once, on a thread that must not wait. */
  final void arrived() {
    if (callbacks != null) {
      backend.callbacks().execute(() -> publish(callbacks.call(decode())));
    } else {
      publish(null);
    }
  }

  /** Makes the result ready; without a decoded one it is decoded when somebody looks. */
  final void publish(Settled<R> decoded) {
    boolean staged;
    synchronized (this) {
      settled = decoded;
      ready = true;
      staged = stage != null;
      notifyAll();
    }
    if (staged) {
      backend.callbacks().execute(this::completeStage);
    }
  }

  private Settled<R> settled() {
    synchronized (this) {
      if (settled == null) {
        settled = decode();
      }
      return settled;
    }
  }

  private void completeStage() {
    Settled<R> outcome = settled();
    if (outcome.succeeded()) {
      stage.complete(outcome.value());
    } else {
      stage.completeExceptionally(outcome.failure());
    }
  }

  @Override
  final CompletableFuture<R> stage() {
    synchronized (this) {
      if (stage != null) {
        return stage;
      }
      stage = new ResultStage<>(backend.callbacks());
      if (!ready) {
        return stage;
      }
    }
    completeStage();
    return stage;
  }

  /**
   * Waits for the result.
   *
   * @throws ExecutionException if the task failed; the cause is the task's own exception, or says
   *     why there is none: {@link ProcessDiedException}, {@link WorkerLostException}, {@link
   *     TaskTimeoutException}, {@link PoolTerminatedException}, {@link PoolBrokenException}, {@link
   *     ResultEncodingException}, {@link RemoteTaskException}
   * @throws CancellationException if it was cancelled
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  @Override
  public final R get() throws InterruptedException, ExecutionException {
    awaitReady(Long.MAX_VALUE);
    return outcome();
  }

  /**
   * Waits for the result, but not for ever. The task goes on after a time-out, and may be waited
   * for again.
   *
   * @param timeout zero or less asks only whether it is there
   * @throws TimeoutException if it is not there in time; the message says what the task waits for
   * @throws ExecutionException if the task failed, see {@link #get()}
   * @throws CancellationException if it was cancelled
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public final R get(Duration timeout)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (!awaitReady(Wire.nanos(timeout))) {
      boolean explain = timeout.compareTo(WORTH_EXPLAINING) >= 0;
      throw new TimeoutException(
          "no result after "
              + timeout
              + (explain ? ": " + Answers.explanation(explanation()) : ""));
    }
    return outcome();
  }

  /** The same as {@link #get(Duration)}. */
  @Override
  public final R get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    return get(Duration.ofNanos(unit.toNanos(timeout)));
  }

  private R outcome() throws ExecutionException {
    Settled<R> outcome = settled();
    if (outcome.failure() instanceof CancellationException) {
      throw (CancellationException)
          new CancellationException("the task was cancelled").initCause(outcome.failure());
    } else if (!outcome.succeeded()) {
      throw new ExecutionException(outcome.failure());
    }
    return outcome.value();
  }

  /**
   * Waits until there is a result or a failure, but not for ever.
   *
   * @return whether it is ready
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public final boolean await(Duration timeout) throws InterruptedException {
    return awaitReady(Wire.nanos(timeout));
  }

  private boolean awaitReady(long nanos) throws InterruptedException {
    synchronized (this) {
      if (!ready && nanos > 0) {
        waitFor(nanos);
      }
      return ready;
    }
  }

  private synchronized void waitFor(long nanos) throws InterruptedException {
    if (nanos == Long.MAX_VALUE) {
      while (!ready) {
        wait();
      }
      return;
    }
    long start = System.nanoTime();
    long left = nanos;
    while (!ready && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = nanos - (System.nanoTime() - start);
    }
  }

  /** Whether the task has ended, in success or failure. */
  public final boolean ready() {
    synchronized (this) {
      return ready;
    }
  }

  /**
   * Whether the task ended without a failure.
   *
   * @throws IllegalStateException if it has not ended
   */
  public final boolean successful() {
    if (!ready()) {
      throw new IllegalStateException(this + " not ready");
    }
    return settled().succeeded();
  }

  /**
   * Cancels the task. When this gives true the task is cancelled and its result never comes.
   *
   * @return false if it had ended before, or runs and is left alone
   * @throws ClusterUnreachableException if the coordinator does not answer
   */
  public final boolean cancel(CancelMode mode) {
    Objects.requireNonNull(mode, "mode");
    if (ready()) {
      return false;
    }
    try {
      return Answers.isDone(cancelTasks(mode)) && awaitReady(CANCEL_WAIT_NANOS) && isCancelled();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return isCancelled();
    }
  }

  /**
   * Cancels the task; the same as {@link #cancel(CancelMode)} with {@link CancelMode#INTERRUPT} or
   * {@link CancelMode#QUEUED_ONLY}.
   */
  @Override
  public final boolean cancel(boolean mayInterruptIfRunning) {
    return cancel(mayInterruptIfRunning ? CancelMode.INTERRUPT : CancelMode.QUEUED_ONLY);
  }

  @Override
  public final boolean isCancelled() {
    return ready() && settled().failure() instanceof CancellationException;
  }

  /** The same as {@link #ready}. */
  @Override
  public final boolean isDone() {
    return ready();
  }
}
