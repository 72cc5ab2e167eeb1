package dev.farpool.common;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A mailbox with one reader at a time: whoever posts to an idle loop becomes the reader.
 *
 * <p>State behind a loop has a single writer without having a thread: an idle loop handles a
 * message on the thread that brought it, which saves a hand-over and its wake-up; a busy one
 * gathers messages while the current batch is handled, so batches grow with the load. Messages of
 * one poster are handled in the order of posting, and each batch sees all effects of the one
 * before. Where posters bring many messages in one go, a turn that begins when they have brought
 * them all makes one batch of them.
 *
 * <p>A thread that has read {@value #ROUNDS} batches in a row hands the rest to the overflow
 * executor, so that no poster is kept for ever by the others' messages.
 *
 * <p>The loop itself has no bound: whoever posts must have one (gRPC streams request their next
 * message only after the last was handled). Thread-safe.
 */
public final class SerialLoop<M> {
  private static final int ROUNDS = 16;

  private final ConcurrentLinkedQueue<M> mailbox = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean reading = new AtomicBoolean();
  private final Consumer<List<M>> reader;
  private final Executor turns;
  private final Executor overflow;

  /** A loop whose posters read at once, see the other constructor. */
  public SerialLoop(Consumer<List<M>> reader, Executor overflow) {
    this(reader, Runnable::run, overflow);
  }

  /**
   * @param reader handles a batch of at least one message; never called by two threads at once,
   *     never from within itself; if it throws, the exception goes to the poster whose thread it
   *     runs on and the loop goes on with the next batch
   * @param turns begins to read for the poster that found the loop idle: at once, or soon and on
   *     any thread
   * @param overflow runs the rest of a long drain; must not run it on the calling thread
   */
  public SerialLoop(Consumer<List<M>> reader, Executor turns, Executor overflow) {
    this.reader = reader;
    this.turns = turns;
    this.overflow = overflow;
  }

  /** Hands over a message. It may be handled before this returns, or later by another thread. */
  public void post(M message) {
    mailbox.add(message);
    if (reading.compareAndSet(false, true)) {
      turns.execute(this::drain);
    }
  }

  private void drain() {
    int rounds = 0;
    do {
      try {
        for (; !mailbox.isEmpty(); rounds++) {
          if (rounds == ROUNDS) {
            overflow.execute(this::drain);
            return; // Still marked as reading: the overflow thread goes on.
          }
          reader.accept(takeAll());
        }
      } catch (Throwable broken) {
        // The mark must not outlive this thread's turn, or the loop would stand still for ever.
        reading.set(false);
        throw broken;
      }
      reading.set(false);
      // A message may have come between the last look and the mark.
    } while (!mailbox.isEmpty() && reading.compareAndSet(false, true));
  }

  private List<M> takeAll() {
    List<M> batch = new ArrayList<>();
    for (M next = mailbox.poll(); next != null; next = mailbox.poll()) {
      batch.add(next);
    }
    return batch;
  }
}
