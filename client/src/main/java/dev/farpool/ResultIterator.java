package dev.farpool;

import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/**
 * The results of {@link Pool#imap} or {@link Pool#imapUnordered}, one after the other.
 *
 * <p>An item that failed throws {@link CompletionException} at its place, caused by the task's own
 * exception; iteration goes on behind it, whatever the chunk size. Not thread-safe.
 *
 * @param <R> the results' type
 */
public interface ResultIterator<R> extends Iterator<R>, AutoCloseable {
  /**
   * Whether there is another result or failure. Waits until that is known.
   *
   * @throws CompletionException caused by {@link InterruptedException} if the thread is interrupted
   *     while it waits; its interrupt status is set
   */
  @Override
  boolean hasNext();

  /**
   * The next result. Waits for it.
   *
   * @throws CompletionException if this item failed, or the thread is interrupted
   * @throws java.util.NoSuchElementException if there is no more
   */
  @Override
  R next();

  /**
   * The next result. After a time-out nothing is lost: the next call waits for the same one.
   *
   * @throws TimeoutException if it is not there in time
   * @throws CompletionException if this item failed
   * @throws java.util.NoSuchElementException if there is no more
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  R next(Duration timeout) throws TimeoutException, InterruptedException;

  /** Takes no more of the input. What was submitted already runs, and its results are dropped. */
  @Override
  void close();
}
