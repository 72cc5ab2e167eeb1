package dev.farpool.coordinator.core;

import dev.farpool.v1.ResultsResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brings to clients what happened in their pools. */
final class Deliveries {
  /** A message is about this long at most, unless one result is longer. */
  private static final long FULL_BYTES = 1 << 20;

  private final Effects effects;
  private final OpenCalls calls;
  private final Counters counters;
  private final Map<Long, Pool> byCall = new LinkedHashMap<>();

  /** Pools in which something happened, each once. */
  private List<Pool> touched = new ArrayList<>();

  Deliveries(Effects effects, OpenCalls calls, Counters counters) {
    this.effects = effects;
    this.calls = calls;
    this.counters = counters;
  }

  void touch(Pool pool) {
    if (!pool.touched) {
      pool.touched = true;
      touched.add(pool);
    }
  }

  /** Begins to send what comes after a cursor to a call; an older call of the pool ends. */
  void follow(Pool pool, long call, long cursor, long nowNanos) {
    if (pool.call != 0) {
      byCall.remove(pool.call);
      calls.remove(pool.call, nowNanos);
      effects.supersedeResults(pool.call);
    }
    pool.log.rewind(cursor);
    pool.call = call;
    pool.callReady = true;
    byCall.put(call, pool);
    calls.add(call, pool.session);
    touch(pool);
  }

  /** The peer takes more. */
  void ready(long call) {
    Pool pool = byCall.get(call);
    if (pool != null) {
      pool.callReady = true;
      touch(pool);
    }
  }

  /** The call is no more. */
  void ended(long call) {
    Pool pool = byCall.remove(call);
    if (pool != null) {
      pool.call = 0;
      touch(pool);
    }
  }

  /** The pools in which something happened since this was last asked. */
  List<Pool> takeTouched() {
    List<Pool> taken = touched;
    touched = new ArrayList<>();
    for (Pool pool : taken) {
      pool.touched = false;
    }
    return taken;
  }

  boolean hasTouched() {
    return !touched.isEmpty();
  }

  /** Sends what there is to send of a pool, as far as its client takes it. */
  void deliver(Pool pool, long nowNanos) {
    while (pool.call != 0 && pool.callReady && hasNews(pool)) {
      ResultsResponse.Builder message = ResultsResponse.newBuilder();
      long before = pool.log.position();
      pool.prints.drainTo(message, FULL_BYTES);
      if (!pool.prints.hasOutput()) {
        pool.log.drainTo(message, FULL_BYTES);
      }
      message.setCursor(pool.log.position());
      counters.add(Count.RESULTS_DELIVERED, pool.log.position() - before);
      boolean last = pool.hasEnded() && pool.prints.isEmpty() && !pool.log.hasUnsent();
      if (last) {
        message.setEnded(pool.ended());
      }
      pool.callReady = effects.deliver(pool.call, message.build());
      if (last) {
        end(pool, nowNanos);
      }
    }
  }

  private void end(Pool pool, long nowNanos) {
    effects.completeResults(pool.call);
    byCall.remove(pool.call);
    calls.remove(pool.call, nowNanos);
    pool.call = 0;
    pool.endTold = true;
  }

  private static boolean hasNews(Pool pool) {
    return !pool.prints.isEmpty() || pool.log.hasUnsent() || pool.hasEnded();
  }
}
