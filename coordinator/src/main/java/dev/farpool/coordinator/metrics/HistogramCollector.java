package dev.farpool.coordinator.metrics;

import dev.farpool.coordinator.core.Histogram;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Map;
import java.util.function.Supplier;

/** Shows histograms that were counted elsewhere, which Micrometer has no meter for. */
final class HistogramCollector implements Collector {
  private final String name;
  private final String help;
  private final Supplier<Map<Labels, Histogram.Times>> source;

  HistogramCollector(String name, String help, Supplier<Map<Labels, Histogram.Times>> source) {
    this.name = name;
    this.help = help;
    this.source = source;
  }

  @Override
  public String getPrometheusName() {
    return name;
  }

  @Override
  public MetricSnapshot collect() {
    HistogramSnapshot.Builder snapshot = HistogramSnapshot.builder().name(name).help(help);
    source.get().forEach((labels, times) -> snapshot.dataPoint(dataPoint(labels, times)));
    return snapshot.build();
  }

  private static HistogramDataPointSnapshot dataPoint(Labels labels, Histogram.Times times) {
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    for (int i = 0; i < times.counts().length; i++) {
      boolean last = i == times.boundsNanos().length;
      double bound =
          last ? Double.POSITIVE_INFINITY : times.boundsNanos()[i] / ReadingMeters.NANOS_PER_SECOND;
      buckets.bucket(bound, times.counts()[i]);
    }
    return HistogramDataPointSnapshot.builder()
        .labels(labels)
        .classicHistogramBuckets(buckets.build())
        .sum(times.sumNanos() / ReadingMeters.NANOS_PER_SECOND)
        .build();
  }
}
