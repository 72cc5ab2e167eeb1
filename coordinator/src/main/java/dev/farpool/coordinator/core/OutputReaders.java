package dev.farpool.coordinator.core;

import dev.farpool.coordinator.history.History;
import dev.farpool.coordinator.history.OutputTail;
import dev.farpool.coordinator.history.PoolKey;
import dev.farpool.v1.OutputMode;
import dev.farpool.v1.OutputPiece;
import dev.farpool.v1.ReadTaskOutputResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Calls that read what a task printed. None has a queue: each remembers how far it has come, and
 * what is no longer kept when it can take more it has missed.
 */
final class OutputReaders {
  /** Each is looked at whenever anything happens. */
  static final int MOST = 100;

  private final Effects effects;
  private final PoolTable pools;
  private final TaskDetails details;
  private final History history;
  private final Map<Long, Reader> readers = new LinkedHashMap<>();

  OutputReaders(Effects effects, PoolTable pools, TaskDetails details, History history) {
    this.effects = effects;
    this.pools = pools;
    this.details = details;
    this.history = history;
  }

  /**
   * Begins to send to a call what a task printed.
   *
   * @param follow whether to go on until the task has ended
   * @throws Refusal if the caller has no such task and nothing is kept of one, or there are too
   *     many
   */
  void open(long call, Scope scope, String poolId, long index, boolean follow) {
    PoolKey key = details.pool(scope, poolId, index);
    if (readers.size() >= MOST) {
      throw new Refusal(
          Refusal.Reason.FAILED_PRECONDITION,
          MOST + " calls read the output of tasks already; end one of them, or try again later");
    }
    readers.put(call, new Reader(key, index, follow));
  }

  /** The peer takes more. */
  void ready(long call) {
    Reader reader = readers.get(call);
    if (reader != null) {
      reader.ready = true;
    }
  }

  /** The call is no more. */
  void remove(long call) {
    readers.remove(call);
  }

  /** Sends what there is, as far as the peers take it. */
  void deliver() {
    if (!readers.isEmpty()) {
      readers.entrySet().removeIf(each -> deliver(each.getKey(), each.getValue()));
    }
  }

  /** Whether it has got everything. */
  private boolean deliver(long call, Reader reader) {
    boolean last = !reader.follow || hasEnded(reader);
    OutputTail tail = history.output().find(reader.key, reader.index);
    if (tail != null && tail.end() < reader.place) {
      reader.place = 0; // All of it was given up, and it has printed again.
    }
    boolean news = tail != null && tail.end() > reader.place;
    if (!reader.ready || !(news || last)) {
      return false;
    }
    ReadTaskOutputResponse.Builder message = ReadTaskOutputResponse.newBuilder();
    if (news) {
      List<OutputPiece> pieces = tail.from(reader.place);
      reader.place = tail.end();
      message.addAllOutput(pieces);
    }
    if (last && reader.place == 0) {
      message.setNothing(whyNothing(reader));
    }
    reader.ready = effects.print(call, message.build());
    if (last) {
      effects.completePrint(call);
    }
    return last;
  }

  private boolean hasEnded(Reader reader) {
    Pool pool = pools.find(reader.key);
    if (pool == null) {
      return true;
    }
    Slab slab = pool.queue.find(reader.index);
    return slab == null ? !pool.queue.isMissing(reader.index) : slab.hasOutcome(reader.index);
  }

  private String whyNothing(Reader reader) {
    Pool pool = pools.find(reader.key);
    if (pool != null && pool.spec.getOutput() == OutputMode.OUTPUT_MODE_DISCARD) {
      return "its pool throws away what its tasks print";
    }
    return hasEnded(reader)
        ? "it printed nothing, or too long ago for it to be kept"
        : "it has printed nothing yet";
  }

  private static final class Reader {
    final PoolKey key;
    final long index;
    final boolean follow;

    /** Behind the last byte that was sent. */
    long place;

    /** Whether the peer takes more. */
    boolean ready = true;

    Reader(PoolKey key, long index, boolean follow) {
      this.key = key;
      this.index = index;
      this.follow = follow;
    }
  }
}
