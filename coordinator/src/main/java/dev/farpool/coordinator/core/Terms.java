package dev.farpool.coordinator.core;

import com.google.protobuf.Duration;
import dev.farpool.v1.PoolMode;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.TaskOptions;
import java.util.Map;
import java.util.TreeMap;

/**
 * Under which conditions tasks run: a batch's options over its pool's over the defaults.
 *
 * @param options what the worker is told, nothing unset that has a default
 * @param labels what a worker must have, the pool's own included
 * @param queueTimeoutNanos {@link Long#MAX_VALUE} for none
 */
record Terms(
    TaskOptions options,
    Map<String, String> labels,
    int cores,
    int maxAttempts,
    boolean atMostOnce,
    long queueTimeoutNanos) {

  static Terms of(TaskOptions batch, PoolSpec pool, int defaultAttempts) {
    TaskOptions defaults = pool.getOptions();
    TaskOptions.Builder merged = defaults.toBuilder().putAllLabels(batch.getLabelsMap());
    if (batch.hasTimeout()) {
      merged.setTimeout(batch.getTimeout());
    }
    if (batch.hasQueueTimeout()) {
      merged.setQueueTimeout(batch.getQueueTimeout());
    }
    boolean once =
        batch.getAtMostOnce()
            || defaults.getAtMostOnce()
            || pool.getMode() == PoolMode.POOL_MODE_PROCESSES;
    int attempts = firstSet(batch.getMaxAttempts(), defaults.getMaxAttempts(), defaultAttempts);
    merged
        .setAtMostOnce(once)
        .setMaxAttempts(once ? 1 : attempts)
        .setCores(firstSet(batch.getCores(), defaults.getCores(), 1));
    return of(merged.build(), pool);
  }

  private static Terms of(TaskOptions merged, PoolSpec pool) {
    Map<String, String> labels = new TreeMap<>(pool.getLabelsMap());
    labels.putAll(merged.getLabelsMap());
    return new Terms(
        merged,
        labels,
        merged.getCores(),
        merged.getMaxAttempts(),
        merged.getAtMostOnce(),
        merged.hasQueueTimeout() ? nanos(merged.getQueueTimeout()) : Long.MAX_VALUE);
  }

  static long nanos(Duration time) {
    return java.time.Duration.ofSeconds(time.getSeconds(), time.getNanos()).toNanos();
  }

  private static int firstSet(int first, int second, int otherwise) {
    if (first != 0) {
      return first;
    }
    return second != 0 ? second : otherwise;
  }
}
