package dev.farpool;

import dev.farpool.call.Shape;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** One task a call: the {@code apply} methods of {@link Pool}. */
abstract sealed class ApplyFamily permits MapFamily {
  abstract <R> AsyncResult<R> submit(
      Shape shape,
      Object function,
      TaskOptions options,
      Callbacks<R> callbacks,
      Object... arguments);

  private <R> AsyncResult<R> submit(Shape shape, Object function, Object... arguments) {
    return submit(shape, function, TaskOptions.DEFAULTS, null, arguments);
  }

  /**
   * Calls a function in a process of the pool and waits for the result.
   *
   * @throws ExecutionException if it failed, see {@link AsyncResult#get()}
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public final <R> R apply(SerializableCallable<R> function)
      throws ExecutionException, InterruptedException {
    return this.<R>submit(Shape.CALL, function).get();
  }

  /** The same for a function without a result. */
  public final void apply(SerializableRunnable function)
      throws ExecutionException, InterruptedException {
    submit(Shape.RUN, function).get();
  }

  /** The same for a function of one argument. */
  public final <T, R> R apply(SerializableFunction<? super T, ? extends R> function, T argument)
      throws ExecutionException, InterruptedException {
    return this.<R>submit(Shape.APPLY, function, argument).get();
  }

  /** The same for a function of two arguments. */
  public final <T, U, R> R apply(
      SerializableBiFunction<? super T, ? super U, ? extends R> function, T first, U second)
      throws ExecutionException, InterruptedException {
    return this.<R>submit(Shape.APPLY_TWO, function, first, second).get();
  }

  /**
   * Calls a function in a process of the pool. Returns at once, unless very much is on its way to
   * the coordinator.
   *
   * @throws IllegalArgumentException if the function or a value it captures is not serializable;
   *     the text names the path to what stands in the way
   * @throws IllegalStateException "Pool not running": it was closed or terminated
   * @throws RejectedExecutionException if the thread is interrupted while it waits for room
   */
  public final <R> AsyncResult<R> applyAsync(SerializableCallable<R> function) {
    return submit(Shape.CALL, function);
  }

  /** The same for a function without a result. */
  public final AsyncResult<Void> applyAsync(SerializableRunnable function) {
    return submit(Shape.RUN, function);
  }

  /**
   * The same for a function of one argument.
   *
   * <p>For one without a result: {@code pool.applyAsync(() -> Seed.work(x))}.
   */
  public final <T, R> AsyncResult<R> applyAsync(
      SerializableFunction<? super T, ? extends R> function, T argument) {
    return submit(Shape.APPLY, function, argument);
  }

  /** The same for a function of two arguments. */
  public final <T, U, R> AsyncResult<R> applyAsync(
      SerializableBiFunction<? super T, ? super U, ? extends R> function, T first, U second) {
    return submit(Shape.APPLY_TWO, function, first, second);
  }

  /** The same with options for this task. */
  public final <R> AsyncResult<R> applyAsync(
      SerializableCallable<R> function, TaskOptions options) {
    return submit(Shape.CALL, function, options, null);
  }

  /** The same with options for this task. */
  public final AsyncResult<Void> applyAsync(SerializableRunnable function, TaskOptions options) {
    return submit(Shape.RUN, function, options, null);
  }

  /** The same with options for this task. */
  public final <T, R> AsyncResult<R> applyAsync(
      SerializableFunction<? super T, ? extends R> function, T argument, TaskOptions options) {
    return submit(Shape.APPLY, function, options, null, argument);
  }

  /** The same with options for this task. */
  public final <T, U, R> AsyncResult<R> applyAsync(
      SerializableBiFunction<? super T, ? super U, ? extends R> function,
      T first,
      U second,
      TaskOptions options) {
    return submit(Shape.APPLY_TWO, function, options, null, first, second);
  }

  /**
   * The same with a callback, called with the result if there is one.
   *
   * <p>Callbacks run on a thread of the pool, one at a time, in the order in which results arrive,
   * and before their result becomes ready. What a callback throws becomes the outcome.
   */
  public final <R> AsyncResult<R> applyAsync(
      SerializableCallable<R> function, Consumer<? super R> callback) {
    return applyAsync(function, callback, null);
  }

  /** The same with a callback, called with null when the function has returned. */
  public final <R> AsyncResult<Void> applyAsync(
      SerializableRunnable function, Consumer<? super R> callback) {
    return applyAsync(function, callback, null);
  }

  /** The same with a callback. */
  public final <T, R> AsyncResult<R> applyAsync(
      SerializableFunction<? super T, ? extends R> function,
      T argument,
      Consumer<? super R> callback) {
    return applyAsync(function, argument, callback, null);
  }

  /**
   * The same with a callback for a result and one for a failure.
   *
   * @param callback may be null
   * @param errorCallback gets what {@link AsyncResult#get()} gives as the cause; may be null
   */
  public final <R> AsyncResult<R> applyAsync(
      SerializableCallable<R> function,
      Consumer<? super R> callback,
      Consumer<? super Throwable> errorCallback) {
    return submit(
        Shape.CALL, function, TaskOptions.DEFAULTS, new Callbacks<>(callback, errorCallback));
  }

  /** The same with a callback for the end, called with null, and one for a failure. */
  public final <R> AsyncResult<Void> applyAsync(
      SerializableRunnable function,
      Consumer<? super R> callback,
      Consumer<? super Throwable> errorCallback) {
    Consumer<Object> end = callback == null ? null : nothing -> callback.accept(null);
    return submit(Shape.RUN, function, TaskOptions.DEFAULTS, new Callbacks<>(end, errorCallback));
  }

  /** The same with a callback for a result and one for a failure. */
  public final <T, R> AsyncResult<R> applyAsync(
      SerializableFunction<? super T, ? extends R> function,
      T argument,
      Consumer<? super R> callback,
      Consumer<? super Throwable> errorCallback) {
    return submit(
        Shape.APPLY,
        function,
        TaskOptions.DEFAULTS,
        new Callbacks<>(callback, errorCallback),
        argument);
  }

  /** The same with a callback for a result and one for a failure. */
  public final <T, U, R> AsyncResult<R> applyAsync(
      SerializableBiFunction<? super T, ? super U, ? extends R> function,
      T first,
      U second,
      Consumer<? super R> callback,
      Consumer<? super Throwable> errorCallback) {
    return submit(
        Shape.APPLY_TWO,
        function,
        TaskOptions.DEFAULTS,
        new Callbacks<>(callback, errorCallback),
        first,
        second);
  }
}
