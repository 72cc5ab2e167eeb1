package dev.farpool;

import dev.farpool.call.CallWriter;
import dev.farpool.call.Definition;
import dev.farpool.call.PreparedFunction;
import dev.farpool.call.Shape;
import dev.farpool.core.Outcome;
import dev.farpool.core.TaskSink;
import java.util.Iterator;
import java.util.concurrent.RejectedExecutionException;

/**
 * Reads the input of one stream and submits it, on a thread of its own: a slow input keeps nobody
 * else waiting.
 */
final class StreamFeeder<T> implements Runnable {
  private final PoolBackend backend;
  private final ResultStream<?> stream;
  private final SerializableFunction<? super T, ?> function;
  private final Iterator<? extends T> input;
  private final PreparedFunction chunked;
  private final int chunkSize;
  private final Runnable whenFed;
  private final CallWriter writer = new CallWriter();

  StreamFeeder(
      PoolBackend backend,
      ResultStream<?> stream,
      SerializableFunction<? super T, ?> function,
      Iterator<? extends T> input,
      int chunkSize,
      Runnable whenFed) {
    this.backend = backend;
    this.stream = stream;
    this.function = function;
    this.input = input;
    this.chunkSize = chunkSize;
    this.chunked = PreparedFunction.of(Shape.MAP_SETTLED, function);
    this.whenFed = whenFed;
  }

  @Override
  public void run() {
    try {
      feed();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } finally {
      stream.stopFeeding();
      whenFed.run();
    }
  }

  private void feed() throws InterruptedException {
    Object[] items = new Object[chunkSize];
    int count;
    do {
      count = 0;
      Throwable broken = null;
      try {
        while (count < chunkSize && input.hasNext()) {
          items[count++] = input.next();
        }
      } catch (Throwable thrown) {
        broken = thrown; // The user's iterator: its exception comes at its place, behind the rest.
      }
      if (count > 0 && !submit(items, 0, count)) {
        return;
      }
      if (broken != null) {
        fail(broken);
        return;
      }
    } while (count == chunkSize);
  }

  /** Submits a chunk; one that cannot be encoded item by item, so that only the guilty fail. */
  private boolean submit(Object[] items, int from, int count) throws InterruptedException {
    Definition definition;
    try {
      if (chunkSize == 1) {
        definition = writer.call(Shape.APPLY, function, items[from]);
      } else {
        writer.chunk(chunked, items, from, count);
        definition = chunked.definition();
      }
    } catch (RuntimeException refused) {
      return count == 1 ? fail(refused) : submitEach(items, from, count);
    }
    TaskSink place = stream.place(count, chunkSize == 1);
    if (place == null) {
      return false;
    }
    try {
      backend.submit(definition, TaskOptions.DEFAULTS, writer, place);
      return true;
    } catch (IllegalStateException | RejectedExecutionException ended) {
      place.accept(new Outcome.Refused(new PoolTerminatedException(ended.getMessage(), ended)));
      return false;
    }
  }

  private boolean submitEach(Object[] items, int from, int count) throws InterruptedException {
    for (int i = from; i < from + count; i++) {
      if (!submit(items, i, 1)) {
        return false;
      }
    }
    return true;
  }

  private boolean fail(Throwable thrown) throws InterruptedException {
    TaskSink place = stream.place(1, true);
    if (place != null) {
      place.accept(new Outcome.Refused(thrown));
    }
    return place != null;
  }
}
