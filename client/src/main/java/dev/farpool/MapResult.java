package dev.farpool;

import dev.farpool.call.ItemFailure;
import dev.farpool.call.JavaCalls;
import dev.farpool.core.Outcome;
import dev.farpool.core.TaskSink;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The result of a map: ready when all chunks have ended, as in Python; then the failure that
 * arrived first counts. In a settled map every item has its own outcome instead.
 */
final class MapResult<R> extends AsyncResult<List<R>> {
  private final int items;
  private final boolean settled;
  private final Chunk[] chunks;
  private final boolean failFast;
  private int waiting;
  private Outcome firstFailure;

  /**
   * @param counts for each chunk how many items it has
   * @param settled whether the results are {@link Settled}, one for each item
   * @param failFast whether the first failure cancels the chunks that have not ended
   */
  MapResult(
      PoolBackend backend,
      Callbacks<List<R>> callbacks,
      int[] counts,
      boolean settled,
      boolean failFast) {
    super(backend, callbacks);
    this.settled = settled;
    this.failFast = failFast;
    this.items = Arrays.stream(counts).sum();
    this.waiting = counts.length;
    this.chunks = new Chunk[counts.length];
    Arrays.setAll(chunks, i -> new Chunk(this, counts[i]));
    if (counts.length == 0) {
      publish(Settled.of(List.of()));
    }
  }

  TaskSink sink(int chunk) {
    return chunks[chunk];
  }

  @Override
  Settled<List<R>> decode() {
    if (firstFailure != null && !settled) {
      return Settled.failed(backend().settle(firstFailure, bytes -> null).failure());
    }
    Object[] results = new Object[items];
    int at = 0;
    for (Chunk chunk : chunks) {
      Settled<Object[]> part = backend().settle(chunk.outcome, this::decodeChunk);
      chunk.outcome = null;
      if (!part.succeeded() && !settled) {
        return Settled.failed(part.failure());
      }
      copy(part, results, at, chunk.count);
      at += chunk.count;
    }
    return Settled.of(list(results));
  }

  private Object[] decodeChunk(byte[] encoded) {
    return settled
        ? JavaCalls.decodeSettled(encoded, backend().failures().filter())
        : JavaCalls.decodeChunk(encoded, backend().failures().filter());
  }

  private void copy(Settled<Object[]> part, Object[] results, int at, int count) {
    if (!settled) {
      System.arraycopy(part.value(), 0, results, at, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      results[at + i] = part.succeeded() ? item(part.value()[i]) : part;
    }
  }

  private Settled<Object> item(Object outcome) {
    return outcome instanceof ItemFailure failure
        ? Settled.failed(backend().failures().exception(failure))
        : Settled.of(outcome);
  }

  @SuppressWarnings("unchecked") // The types were checked where the call was written.
  private static <R> List<R> list(Object[] results) {
    return (List<R>) Arrays.asList(results);
  }

  /** The map is submitted as a whole: what failed before is followed up. */
  void submitted() {
    synchronized (chunks) {
      if (!failFast || firstFailure == null || waiting == 0) {
        return;
      }
    }
    abandon();
  }

  /**
   * What was submitted of the map is not wanted any more. If nobody hears it, it runs for nothing;
   * the failure that led here matters more.
   */
  void abandon() {
    cancelTasks(CancelMode.INTERRUPT);
  }

  @Override
  CompletionStage<Boolean> cancelTasks(CancelMode mode) {
    long[] running =
        Arrays.stream(chunks)
            .filter(chunk -> chunk.submitted && chunk.outcome == null)
            .mapToLong(chunk -> chunk.index)
            .toArray();
    return running.length == 0
        ? CompletableFuture.completedFuture(false)
        : backend().link().calls().cancel(Wire.message(mode), running);
  }

  @Override
  CompletionStage<String> explanation() {
    for (int i = 0; i < chunks.length; i++) {
      if (chunks[i].outcome == null) {
        String which = "chunk " + i + " of " + chunks.length + ": ";
        return backend().link().calls().explain(chunks[i].index).thenApply(which::concat);
      }
    }
    return CompletableFuture.completedFuture("its callback runs");
  }

  @Override
  public String toString() {
    return "<AsyncResult of " + items + " items in " + chunks.length + " tasks>";
  }

  private void ended(Chunk chunk, Outcome outcome) {
    boolean first;
    boolean last;
    synchronized (chunks) {
      chunk.outcome = outcome;
      boolean failed = !(outcome instanceof Outcome.Encoded || outcome instanceof Outcome.Blob);
      first = failed && firstFailure == null;
      firstFailure = first ? outcome : firstFailure;
      last = --waiting == 0;
    }
    if (last) {
      arrived();
    } else if (first && failFast) {
      abandon();
    }
  }

  private static final class Chunk implements TaskSink {
    private final MapResult<?> map;
    private final int count;
    private volatile long index;
    private volatile boolean submitted;
    private volatile Outcome outcome;

    Chunk(MapResult<?> map, int count) {
      this.map = map;
      this.count = count;
    }

    @Override
    public void indexed(long index) {
      this.index = index;
      submitted = true;
    }

    @Override
    public void accept(Outcome outcome) {
      map.ended(this, outcome);
    }
  }
}
