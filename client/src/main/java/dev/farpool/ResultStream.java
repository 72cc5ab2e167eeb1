package dev.farpool;

import dev.farpool.call.ItemFailure;
import dev.farpool.call.JavaCalls;
import dev.farpool.core.Outcome;
import dev.farpool.core.TaskSink;
import dev.farpool.grpc.PoolCalls;
import dev.farpool.trace.CallSpan;
import dev.farpool.v1.TraceContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Results on their way from the feeder to the reader, in order of the input or of arrival. At most
 * a window of chunks is between the two.
 */
final class ResultStream<R> implements ResultIterator<R> {
  private final PoolBackend backend;
  private final boolean ordered;

  /** In order: all chunks not yet read. Unordered: those that have arrived. */
  private final Deque<Chunk> chunks = new ArrayDeque<>();

  private long window;
  private long unread;
  private boolean fed;
  private boolean closed;

  /** Null for none. */
  private final CallSpan span;

  private int running;
  private Outcome firstFailure;

  // Of the reader only.
  private Object[] current = {};
  private int at;

  /**
   * @param span ends when all of the input has its outcome; null for none
   */
  ResultStream(PoolBackend backend, boolean ordered, long window, CallSpan span) {
    this.backend = backend;
    this.span = span;
    this.ordered = ordered;
    this.window = window;
  }

  /**
   * For the feeder: waits for room and takes a place.
   *
   * @param single whether the chunk's result is one plain value
   * @return whom to tell the outcome; null if nobody reads any more
   */
  synchronized TaskSink place(int count, boolean single) throws InterruptedException {
    while (unread >= window && !closed && !fed) {
      wait();
    }
    if (closed || fed) {
      return null;
    }
    unread++;
    running++;
    Chunk chunk = new Chunk(count, single);
    if (ordered) {
      chunks.add(chunk);
    }
    return chunk;
  }

  /** For the feeder: nothing more comes. */
  synchronized void stopFeeding() {
    fed = true;
    endSpan();
    notifyAll();
  }

  /** Once nothing more comes and nothing is on its way; more than once does no harm. */
  private void endSpan() {
    if (span != null && fed && running == 0) {
      span.end(firstFailure);
    }
  }

  /**
   * The pool was terminated. If the input was not used up the stream ends in a failure, so that
   * nobody takes a part for the whole.
   */
  synchronized void terminate() {
    if (!fed) {
      fed = true;
      unread++;
      Chunk last = new Chunk(1, true);
      last.outcome =
          new Outcome.Refused(
              new PoolTerminatedException(
                  "the pool was terminated before all of the input was taken"));
      chunks.add(last);
      firstFailure = firstFailure == null ? last.outcome : firstFailure;
      endSpan();
      notifyAll();
    }
  }

  /** Lets the feeder go on without regard to the reader, so that a joined pool can end. */
  synchronized void openWindow() {
    window = Long.MAX_VALUE;
    notifyAll();
  }

  private synchronized void arrived(Chunk chunk) {
    running--;
    if (firstFailure == null
        && !(chunk.outcome instanceof Outcome.Encoded || chunk.outcome instanceof Outcome.Blob)) {
      firstFailure = chunk.outcome;
    }
    endSpan();
    if (!ordered) {
      chunks.add(chunk);
    }
    notifyAll();
  }

  @Override
  public boolean hasNext() {
    try {
      return advance(Long.MAX_VALUE) != State.END;
    } catch (InterruptedException interrupted) {
      throw interrupted(interrupted);
    }
  }

  @Override
  public R next() {
    try {
      return take(advance(Long.MAX_VALUE));
    } catch (InterruptedException interrupted) {
      throw interrupted(interrupted);
    }
  }

  private static CompletionException interrupted(InterruptedException interrupted) {
    Thread.currentThread().interrupt();
    return new CompletionException("interrupted while waiting for a result", interrupted);
  }

  @Override
  public R next(Duration timeout) throws TimeoutException, InterruptedException {
    State state = advance(Wire.nanos(timeout));
    if (state == State.WAITING) {
      throw new TimeoutException("no result after " + timeout + explanation(timeout));
    }
    return take(state);
  }

  /** What the next result is waited for. */
  private String explanation(Duration timeout) throws InterruptedException {
    if (timeout.compareTo(AsyncResult.WORTH_EXPLAINING) < 0) {
      return "";
    }
    Chunk head;
    synchronized (this) {
      if (unread == 0) {
        return ": the input has given nothing more yet";
      }
      head = chunks.peek();
    }
    PoolCalls calls = backend.link().calls();
    return ": " + Answers.explanation(head == null ? calls.explain() : calls.explain(head.index));
  }

  @SuppressWarnings("unchecked") // The types were checked where the call was written.
  private R take(State state) {
    if (state == State.END) {
      throw new NoSuchElementException("there are no more results");
    }
    Object item = current[at];
    current[at++] = null;
    if (item instanceof ItemFailure failure) {
      throw new CompletionException(backend.failures().exception(failure));
    } else if (item instanceof ChunkFailure failure) {
      throw new CompletionException(failure.thrown());
    }
    return (R) item;
  }

  private enum State {
    HERE,
    WAITING,
    END
  }

  /** Makes the next item the current one, if it arrives in time. */
  private State advance(long nanos) throws InterruptedException {
    while (at == current.length) {
      Chunk chunk;
      synchronized (this) {
        if (!awaitChunk(nanos)) {
          return State.WAITING;
        }
        chunk = chunks.poll();
        if (chunk == null) {
          return State.END;
        }
        unread--;
        notifyAll();
      }
      current = chunk.decode();
      at = 0;
    }
    return State.HERE;
  }

  /** Waits for a chunk that has arrived, or for the end. */
  private boolean awaitChunk(long nanos) throws InterruptedException {
    long start = System.nanoTime();
    while (!closed && !chunkIsHere()) {
      if (nanos == Long.MAX_VALUE) {
        wait();
        continue;
      }
      long left = nanos - (System.nanoTime() - start);
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return true;
  }

  private boolean chunkIsHere() {
    Chunk head = chunks.peek();
    return head != null ? head.outcome != null : fed && unread == 0;
  }

  @Override
  public synchronized void close() {
    closed = true;
    chunks.clear();
    notifyAll();
  }

  /** Stands for an item whose task failed as a whole. */
  private record ChunkFailure(Throwable thrown) {}

  /** Some consecutive items of the input. */
  private final class Chunk implements TaskSink {
    private final int count;
    private final boolean single;
    private volatile long index;
    private volatile Outcome outcome;

    private Chunk(int count, boolean single) {
      this.count = count;
      this.single = single;
    }

    @Override
    public TraceContext trace() {
      return span == null ? null : span.context();
    }

    @Override
    public void indexed(long index) {
      this.index = index;
    }

    @Override
    public void accept(Outcome outcome) {
      this.outcome = outcome;
      arrived(this);
    }

    private Object[] decode() {
      Settled<Object[]> items = backend.settle(outcome, this::decode);
      if (items.succeeded()) {
        return items.value();
      }
      Object[] failures = new Object[count];
      Arrays.fill(failures, new ChunkFailure(items.failure()));
      return failures;
    }

    private Object[] decode(byte[] encoded) {
      return single
          ? new Object[] {JavaCalls.decode(encoded, backend.failures().filter())}
          : JavaCalls.decodeSettled(encoded, backend.failures().filter());
    }
  }
}
