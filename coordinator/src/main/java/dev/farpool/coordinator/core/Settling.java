package dev.farpool.coordinator.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Until when workers may run what a lost coordinator gave them. For so long after the start of this
 * one they may still come and tell; then they have stopped all of it, by their own leases. Of a
 * pool that did not come in this time they are told to let go, and have done so a lease later.
 */
final class Settling {
  private final long startNanos;
  private final long spanNanos;
  private final Map<String, Long> lettingGo = new HashMap<>();
  private boolean over;

  Settling(long startNanos, SchedulerLimits limits) {
    this.startNanos = startNanos;
    this.spanNanos = limits.lease().plus(limits.margin()).toNanos();
  }

  /** Whether workers of the time before come no more, by the last {@link #endsBy}. */
  boolean isOver() {
    return over;
  }

  /** Whether no worker runs anything of a pool that is not known of, by what time has passed. */
  boolean isOver(String poolId) {
    return over && !lettingGo.containsKey(poolId);
  }

  /** Whether it ends now. */
  boolean endsBy(long nowNanos) {
    if (over || nowNanos < startNanos + spanNanos) {
      return false;
    }
    over = true;
    return true;
  }

  /** A worker is told to let go of a pool. It may hear of that as late as its lease allows. */
  void letGo(String poolId, long nowNanos) {
    lettingGo.put(poolId, nowNanos + spanNanos);
  }

  /** The pools of which the last worker has let go by now. */
  List<String> takeGone(long nowNanos) {
    List<String> gone = new ArrayList<>();
    lettingGo.forEach(
        (poolId, endNanos) -> {
          if (nowNanos >= endNanos) {
            gone.add(poolId);
          }
        });
    lettingGo.keySet().removeAll(gone);
    return gone;
  }

  /** The first moment from one on at which tasks of the time before may be handed out. */
  long earliest(String poolId, long nanos) {
    return Math.max(nanos, endNanos(poolId));
  }

  private long endNanos(String poolId) {
    return lettingGo.getOrDefault(poolId, startNanos + spanNanos);
  }

  /** Why a pool waits, for people. */
  String explain(String poolId, long nowNanos) {
    String left = Failures.seconds(Math.max(0, endNanos(poolId) - nowNanos));
    return lettingGo.containsKey(poolId)
        ? "the coordinator was restarted, and the pool's client was away for long; it waits up to "
            + left
            + " more until workers have let go of what they ran of the pool"
        : "the coordinator was restarted "
            + Failures.seconds(nowNanos - startNanos)
            + " ago; it waits up to "
            + left
            + " more for workers to say what they still run";
  }
}
