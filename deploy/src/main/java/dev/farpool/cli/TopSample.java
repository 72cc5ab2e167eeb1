package dev.farpool.cli;

import dev.farpool.v1.ActivityInterval;
import dev.farpool.v1.GetActivityResponse;
import dev.farpool.v1.GetStatusResponse;
import dev.farpool.v1.PoolStatus;
import java.util.HashMap;
import java.util.Map;

/**
 * A cluster at one moment.
 *
 * @param nanos when it was asked
 */
record TopSample(GetStatusResponse status, GetActivityResponse activity, long nanos) {
  private static final double NANOS = 1e9;
  private static final int TELLING_SECONDS = 3;

  /** How many tasks of each pool ended in a second since an earlier sample, by the pool's id. */
  Map<String, Double> ratesSince(TopSample before) {
    Map<String, Double> rates = new HashMap<>();
    double seconds = (nanos - before.nanos) / NANOS;
    for (PoolStatus pool : status.getPoolsList()) {
      rates.put(pool.getPoolId(), ended(pool) / seconds);
    }
    for (PoolStatus pool : before.status.getPoolsList()) {
      rates.computeIfPresent(pool.getPoolId(), (id, rate) -> rate - ended(pool) / seconds);
    }
    return rates;
  }

  /** The last interval that says something: one that has only just begun does not. */
  ActivityInterval latest() {
    ActivityInterval latest = ActivityInterval.getDefaultInstance();
    for (ActivityInterval interval : activity.getIntervalsList()) {
      boolean telling = interval.getLength().getSeconds() >= TELLING_SECONDS;
      latest = telling || latest.getNumber() == 0 ? interval : latest;
    }
    return latest;
  }

  static long ended(PoolStatus pool) {
    return pool.getSucceeded() + pool.getFailed();
  }
}
