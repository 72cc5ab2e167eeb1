package dev.farpool.coordinator.core;

import dev.farpool.v1.JoinPoolResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Calls that wait for the end of a pool. */
final class Joins {
  private final Effects effects;
  private final Explanations explanations;
  private final OpenCalls calls;
  private final Map<Long, Waiter> waiters = new LinkedHashMap<>();

  Joins(Effects effects, Explanations explanations, OpenCalls calls) {
    this.effects = effects;
    this.explanations = explanations;
    this.calls = calls;
  }

  /** Waits; the answer comes at the pool's end, or when the time is over. */
  void add(Pool pool, long call, long deadlineNanos) {
    if (pool.isRunning()) {
      throw new Refusal(Refusal.Reason.FAILED_PRECONDITION, "Pool is still running");
    }
    waiters.put(call, new Waiter(pool, deadlineNanos));
    calls.add(call, pool.session);
  }

  void remove(long call) {
    waiters.remove(call);
  }

  /** Answers those whose pool has ended. */
  void answerEnded(Pool pool, long nowNanos) {
    if (!waiters.isEmpty() && pool.hasEnded()) {
      answer(waiter -> waiter.pool == pool, nowNanos);
    }
  }

  /** Answers those whose time is over. */
  void answerLate(long nowNanos) {
    answer(waiter -> waiter.deadlineNanos <= nowNanos, nowNanos);
  }

  private void answer(Predicate<Waiter> which, long nowNanos) {
    List<Long> answered = new ArrayList<>();
    waiters.forEach(
        (call, waiter) -> {
          if (which.test(waiter)) {
            answered.add(call);
            effects.joined(call, response(waiter.pool, nowNanos));
          }
        });
    for (long call : answered) {
      waiters.remove(call);
      calls.remove(call, nowNanos);
    }
  }

  private JoinPoolResponse response(Pool pool, long nowNanos) {
    JoinPoolResponse.Builder response = JoinPoolResponse.newBuilder().setRemaining(pool.unfinished);
    return pool.hasEnded()
        ? response.setEnded(pool.ended()).build()
        : response.setExplanation(explanations.ofPool(pool, nowNanos)).build();
  }

  private record Waiter(Pool pool, long deadlineNanos) {}
}
