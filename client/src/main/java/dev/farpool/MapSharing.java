package dev.farpool;

import dev.farpool.call.CallWriter;
import dev.farpool.call.PreparedFunction;
import dev.farpool.common.Protocol;
import dev.farpool.core.Outcome;
import dev.farpool.core.TaskSink;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;

/**
 * How a map gives processes that have nothing to do a share of chunks that still run: it asks for
 * what those have not begun, and submits it again in smaller parts. Thread-safe.
 *
 * @param processes how many tasks of the pool run at a time
 * @param items the map's input, which is not to be changed
 * @param thread where items are encoded: that runs code of the user and may wait
 * @param whenEnded told when the map needs no more tasks
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record MapSharing(
    PoolBackend backend,
    int processes,
    PreparedFunction function,
    Object[] items,
    CallbackThread thread,
    Runnable whenEnded) {
  /** Chunks that end sooner are not worth a question, nor the tail of what was asked before. */
  private static final long FIRST_MILLIS = 2;

  private static final int MOST_DOUBLINGS = 9;

  /** As a whole map is cut, so is what was handed back. */
  private static final int SHARES_PER_PROCESS = 4;

  /** How many processes of the pool have nothing to do, if the cluster has as many cores. */
  int idle() {
    return (int) Math.max(0, processes - backend.link().unfinished());
  }

  /** Into how many parts to cut what was handed back. */
  int shares() {
    return SHARES_PER_PROCESS * Math.max(1, idle());
  }

  /** Looks again after a while, a longer one each time. */
  void lookLater(int times, Runnable look) {
    long millis = FIRST_MILLIS << Math.min(times, MOST_DOUBLINGS);
    backend.link().later(Duration.ofMillis(millis), look);
  }

  /** Asks a chunk for what it has not begun. If nobody hears it, it is asked again. */
  void ask(long index) {
    backend.link().calls().signal(index, Protocol.SIGNAL_ASKING).exceptionally(unheard -> false);
  }

  /** A large result brought here. */
  Outcome fetched(Outcome outcome) {
    if (!(outcome instanceof Outcome.Blob blob)) {
      return outcome;
    }
    try {
      return new Outcome.Encoded(backend.link().blobs().download(blob.blob()));
    } catch (IOException broken) {
      return new Outcome.Refused(
          new ResultEncodingException("the result cannot be read: " + broken, broken));
    }
  }

  /** Submits a part of the input. */
  void submit(int from, int count, TaskSink sink) {
    try {
      CallWriter writer = new CallWriter();
      writer.chunk(function, items, from, count);
      backend.submit(function.definition(), TaskOptions.DEFAULTS, writer, sink);
    } catch (IllegalStateException | RejectedExecutionException ended) {
      sink.accept(new Outcome.Refused(new PoolTerminatedException(ended.getMessage(), ended)));
    } catch (RuntimeException refused) {
      sink.accept(new Outcome.Refused(refused));
    }
  }
}
