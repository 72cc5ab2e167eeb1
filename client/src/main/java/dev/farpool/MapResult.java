package dev.farpool;

import dev.farpool.core.Outcome;
import dev.farpool.core.TaskSink;
import dev.farpool.trace.CallSpan;
import dev.farpool.v1.Failure;
import dev.farpool.v1.TraceContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The result of a map: ready when all parts have ended, as in Python; then the failure that arrived
 * first counts. In a settled map every item has its own outcome instead.
 */
final class MapResult<R> extends AsyncResult<List<R>> {
  /** What comes of items that were handed back when nobody wanted them any more. */
  private static final Outcome NOT_BEGUN =
      new Outcome.Failed(
          Failure.newBuilder()
              .setKind(Failure.Kind.KIND_CANCELLED)
              .setMessage("the task was cancelled")
              .build());

  private final int items;
  private final MapDecoder decoder;
  private final boolean failFast;

  /** Null for none; set before anything is submitted. */
  private CallSpan span;

  // Below: guarded by the list.
  private final List<MapPart> parts = new ArrayList<>();
  private MapSharing sharing;
  private int waiting;
  private Outcome firstFailure;

  /** How the map was cancelled; null if it was not. */
  private CancelMode cancelled;

  /** Counts the turns of looking for idle processes: only the present one goes on. */
  private int turn;

  /**
   * @param counts for each part how many items it has
   * @param settled whether the results are {@link Settled}, one for each item
   * @param failFast whether the first failure cancels the parts that have not ended
   * @param sharing how parts that run are cut further; null if they are not
   */
  MapResult(
      PoolBackend backend,
      Callbacks<List<R>> callbacks,
      int[] counts,
      boolean settled,
      boolean failFast,
      MapSharing sharing) {
    super(backend, callbacks);
    this.decoder = new MapDecoder(backend, settled);
    this.failFast = failFast;
    this.sharing = sharing;
    int from = 0;
    for (int count : counts) {
      parts.add(new MapPart(this, from, count));
      from += count;
    }
    this.items = from;
    this.waiting = counts.length;
    if (counts.length == 0) {
      end();
      publish(Settled.of(List.of()));
    }
  }

  /**
   * Has a span end with the map. To be called before anything is submitted.
   *
   * @param span null for none
   */
  void trace(CallSpan span) {
    this.span = span;
    if (parts.isEmpty()) {
      endSpan(null);
    }
  }

  TraceContext context() {
    return span == null ? null : span.context();
  }

  private void endSpan(Outcome outcome) {
    if (span != null) {
      span.end(outcome);
    }
  }

  TaskSink sink(int part) {
    return parts.get(part);
  }

  @Override
  Settled<List<R>> decode() {
    if (firstFailure != null && !decoder.settled()) {
      return Settled.failed(backend().settle(firstFailure, bytes -> null).failure());
    }
    return decoder.decode(parts, items);
  }

  /** The map is submitted as a whole: what failed before is followed up. */
  void submitted() {
    synchronized (parts) {
      if (sharing != null) {
        look(++turn, 0);
      }
      if (!failFast || firstFailure == null || waiting == 0) {
        return;
      }
    }
    abandon();
  }

  /** The map was not submitted as a whole: nobody will have its result. */
  void giveUp(RuntimeException refused) {
    abandon();
    end();
    endSpan(new Outcome.Refused(refused));
  }

  /**
   * What was submitted of the map is not wanted any more. If nobody hears it, it runs for nothing;
   * the failure that led here matters more.
   */
  private void abandon() {
    cancelTasks(CancelMode.INTERRUPT);
  }

  @Override
  CompletionStage<Boolean> cancelTasks(CancelMode mode) {
    long[] running;
    synchronized (parts) {
      cancelled = mode;
      running =
          parts.stream()
              .filter(part -> part.isUnderWay())
              .mapToLong(MapPart::index)
              .sorted()
              .toArray();
    }
    return running.length == 0
        ? CompletableFuture.completedFuture(false)
        : backend().link().calls().cancel(Wire.message(mode), running);
  }

  @Override
  CompletionStage<String> explanation() {
    List<MapPart> all;
    synchronized (parts) {
      all = List.copyOf(parts);
    }
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).outcome() == null) {
        String which = "chunk " + i + " of " + all.size() + ": ";
        return backend().link().calls().explain(all.get(i).index()).thenApply(which::concat);
      }
    }
    return CompletableFuture.completedFuture("its callback runs");
  }

  @Override
  public String toString() {
    synchronized (parts) {
      return "<AsyncResult of " + items + " items in " + parts.size() + " tasks>";
    }
  }

  /** A part has its outcome, which may be that of its first items only. */
  void came(MapPart part, Outcome outcome) {
    MapSharing shared = sharing();
    if (shared != null && mayBeShort(part, outcome)) {
      shared.thread().execute(() -> inspect(shared, part, outcome));
    } else {
      ended(part, outcome);
    }
  }

  /**
   * Whether a part may have handed back some items. A large result must be brought here to tell.
   */
  private boolean mayBeShort(MapPart part, Outcome outcome) {
    return part.count() > 1
        && (outcome instanceof Outcome.Blob || decoder.done(part, outcome) < part.count());
  }

  private void inspect(MapSharing shared, MapPart part, Outcome outcome) {
    Outcome here = shared.fetched(outcome);
    shareOut(shared, part, decoder.done(part, here));
    ended(part, here);
  }

  /** A part that still runs tells that it will do its first items only. */
  void handedBack(MapPart part, int kept) {
    MapSharing shared = sharing();
    if (shared != null) {
      shared.thread().execute(() -> shareOut(shared, part, kept));
    }
  }

  /** Submits what a part leaves to others. */
  private void shareOut(MapSharing shared, MapPart part, int kept) {
    for (MapPart rest : cut(part, kept, shared.shares())) {
      if (cancelled() != null) {
        rest.accept(NOT_BEGUN);
      } else {
        shared.submit(rest.from(), rest.count(), rest);
      }
    }
    CancelMode mode = cancelled();
    if (mode != null) {
      cancelTasks(mode); // Perhaps it was cancelled while the rest was being submitted.
    }
  }

  /** How parts are cut further; null if they are not, or no more. */
  private MapSharing sharing() {
    synchronized (parts) {
      return sharing;
    }
  }

  private CancelMode cancelled() {
    synchronized (parts) {
      return cancelled;
    }
  }

  /**
   * Leaves a part its first items, and gives the rest in so many parts; none if it has its outcome,
   * which then is that of all its items.
   */
  private List<MapPart> cut(MapPart part, int kept, int shares) {
    List<MapPart> rest = new ArrayList<>();
    synchronized (parts) {
      int from = part.from() + kept;
      int left = part.count() - kept;
      if (left <= 0 || part.outcome() != null) {
        return rest;
      }
      part.keep(kept);
      for (int i = Math.min(left, shares); i > 0; i--) {
        int count = left / i;
        rest.add(new MapPart(this, from, count));
        from += count;
        left -= count;
      }
      parts.addAll(rest);
      waiting += rest.size();
    }
    return rest;
  }

  private void ended(MapPart part, Outcome outcome) {
    boolean first;
    boolean last;
    Outcome failure;
    synchronized (parts) {
      part.end(outcome);
      boolean failed = !(outcome instanceof Outcome.Encoded || outcome instanceof Outcome.Blob);
      first = failed && firstFailure == null;
      firstFailure = first ? outcome : firstFailure;
      failure = firstFailure;
      last = --waiting == 0;
      if (!last && sharing != null && waiting < sharing.processes()) {
        look(++turn, 0);
      }
    }
    if (last) {
      endSpan(failure);
      arrived();
      end();
    } else if (first && failFast) {
      abandon();
    }
  }

  private void look(int turn, int times) {
    sharing.lookLater(times, () -> lookForIdle(turn, times));
  }

  /** Where processes have nothing to do, those with the most items are asked for some. */
  private void lookForIdle(int turn, int times) {
    MapSharing shared;
    synchronized (parts) {
      shared = sharing;
      if (shared == null || turn != this.turn || cancelled != null) {
        return;
      }
      look(turn, times + 1);
    }
    int idle = shared.idle();
    if (idle > 0) {
      largest(idle).forEach(part -> shared.ask(part.index()));
    }
  }

  private List<MapPart> largest(int most) {
    synchronized (parts) {
      return parts.stream()
          .filter(MapPart::canHandBack)
          .sorted(Comparator.comparingInt(MapPart::count).reversed())
          .limit(most)
          .toList();
    }
  }

  /** No more tasks come of it. */
  private void end() {
    MapSharing shared;
    synchronized (parts) {
      shared = sharing;
      sharing = null;
    }
    if (shared != null) {
      shared.whenEnded().run();
    }
  }
}
