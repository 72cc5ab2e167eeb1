package dev.farpool;

import dev.farpool.call.Shape;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** Many items a call: the {@code map} and {@code starmap} methods of {@link Pool}. */
abstract sealed class MapFamily extends ApplyFamily permits Pool {
  /**
   * @param chunkSize 0: Python's formula
   */
  abstract <R> AsyncResult<List<R>> startMap(
      Shape shape, Object function, Iterable<?> input, int chunkSize, Callbacks<List<R>> callbacks);

  /**
   * Calls a function for each item and waits for all results, in the order of the items.
   *
   * <p>The items are cut into four chunks a process, as in Python. An item that fails ends its
   * chunk; when all chunks have ended the first failure that arrived is thrown. See {@link
   * #mapSettled} for an outcome of each item.
   *
   * <p>When processes have nothing left to do, chunks that still run share with them what they have
   * not begun, so items that take much longer than others do no harm; an item that fails then ends
   * its share. Chunks above 2,000 items are several tasks. Neither is so for a pool with {@code
   * maxTasksPerChild}, where a chunk is one task. The items must not be changed before the result
   * is there.
   *
   * @throws ExecutionException if an item failed, see {@link AsyncResult#get()}
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public final <T, R> List<R> map(
      SerializableFunction<? super T, ? extends R> function, Iterable<? extends T> items)
      throws ExecutionException, InterruptedException {
    return this.<T, R>mapAsync(function, items).get();
  }

  /**
   * The same with chunks of a given size, each of which is one task.
   *
   * @throws IllegalArgumentException if the chunk size is below 1
   */
  public final <T, R> List<R> map(
      SerializableFunction<? super T, ? extends R> function,
      Iterable<? extends T> items,
      int chunkSize)
      throws ExecutionException, InterruptedException {
    return this.<T, R>mapAsync(function, items, chunkSize).get();
  }

  /**
   * Like {@link #map}, without waiting. Without items it is ready at once, and no callback runs.
   */
  public final <T, R> AsyncResult<List<R>> mapAsync(
      SerializableFunction<? super T, ? extends R> function, Iterable<? extends T> items) {
    return startMap(Shape.MAP, function, items, 0, null);
  }

  /** The same with chunks of a given size. */
  public final <T, R> AsyncResult<List<R>> mapAsync(
      SerializableFunction<? super T, ? extends R> function,
      Iterable<? extends T> items,
      int chunkSize) {
    return startMap(Shape.MAP, function, items, Chunks.check(chunkSize), null);
  }

  /** The same with callbacks, either of which may be null; one of them is called, once. */
  public final <T, R> AsyncResult<List<R>> mapAsync(
      SerializableFunction<? super T, ? extends R> function,
      Iterable<? extends T> items,
      Consumer<? super List<R>> callback,
      Consumer<? super Throwable> errorCallback) {
    return startMap(Shape.MAP, function, items, 0, new Callbacks<List<R>>(callback, errorCallback));
  }

  /** The same with chunks of a given size, and callbacks. */
  public final <T, R> AsyncResult<List<R>> mapAsync(
      SerializableFunction<? super T, ? extends R> function,
      Iterable<? extends T> items,
      int chunkSize,
      Consumer<? super List<R>> callback,
      Consumer<? super Throwable> errorCallback) {
    return startMap(
        Shape.MAP,
        function,
        items,
        Chunks.check(chunkSize),
        new Callbacks<List<R>>(callback, errorCallback));
  }

  /**
   * Calls a function for each item and waits for all outcomes: no item's failure touches another.
   *
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public final <T, R> List<Settled<R>> mapSettled(
      SerializableFunction<? super T, ? extends R> function, Iterable<? extends T> items)
      throws ExecutionException, InterruptedException {
    return this.<Settled<R>>startMap(Shape.MAP_SETTLED, function, items, 0, null).get();
  }

  /** The same with chunks of a given size. */
  public final <T, R> List<Settled<R>> mapSettled(
      SerializableFunction<? super T, ? extends R> function,
      Iterable<? extends T> items,
      int chunkSize)
      throws ExecutionException, InterruptedException {
    int size = Chunks.check(chunkSize);
    return this.<Settled<R>>startMap(Shape.MAP_SETTLED, function, items, size, null).get();
  }

  /** Like {@link #map} for a function of two arguments; each item is a pair of them. */
  public final <T, U, R> List<R> starmap(
      SerializableBiFunction<? super T, ? super U, ? extends R> function,
      Iterable<? extends Map.Entry<? extends T, ? extends U>> pairs)
      throws ExecutionException, InterruptedException {
    return this.<T, U, R>starmapAsync(function, pairs).get();
  }

  /** The same with chunks of a given size. */
  public final <T, U, R> List<R> starmap(
      SerializableBiFunction<? super T, ? super U, ? extends R> function,
      Iterable<? extends Map.Entry<? extends T, ? extends U>> pairs,
      int chunkSize)
      throws ExecutionException, InterruptedException {
    return this.<T, U, R>starmapAsync(function, pairs, chunkSize).get();
  }

  /** Like {@link #starmap}, without waiting. */
  public final <T, U, R> AsyncResult<List<R>> starmapAsync(
      SerializableBiFunction<? super T, ? super U, ? extends R> function,
      Iterable<? extends Map.Entry<? extends T, ? extends U>> pairs) {
    return startMap(Shape.STARMAP, function, pairs, 0, null);
  }

  /** The same with chunks of a given size. */
  public final <T, U, R> AsyncResult<List<R>> starmapAsync(
      SerializableBiFunction<? super T, ? super U, ? extends R> function,
      Iterable<? extends Map.Entry<? extends T, ? extends U>> pairs,
      int chunkSize) {
    return startMap(Shape.STARMAP, function, pairs, Chunks.check(chunkSize), null);
  }

  /** The same with chunks of a given size, and callbacks, either of which may be null. */
  public final <T, U, R> AsyncResult<List<R>> starmapAsync(
      SerializableBiFunction<? super T, ? super U, ? extends R> function,
      Iterable<? extends Map.Entry<? extends T, ? extends U>> pairs,
      int chunkSize,
      Consumer<? super List<R>> callback,
      Consumer<? super Throwable> errorCallback) {
    return startMap(
        Shape.STARMAP,
        function,
        pairs,
        Chunks.check(chunkSize),
        new Callbacks<List<R>>(callback, errorCallback));
  }
}
