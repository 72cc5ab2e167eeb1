package dev.farpool.coordinator.metrics;

import dev.farpool.common.MetricsPage;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Map;

/** All metrics of the coordinator and of its process. Not thread-safe. */
public final class Exposition implements MetricsPage.Writer<Reading> {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ReadingMeters cluster = new ReadingMeters(registry);
  private final JvmGcMetrics collections = new JvmGcMetrics();

  /**
   * @param calls that the server has seen
   */
  public Exposition(CallStatistics calls) {
    TotalMeters.addTo(cluster);
    LevelMeters.addTo(cluster);
    bindProcess();
    CallMeters.bindTo(registry, calls);
    registry
        .getPrometheusRegistry()
        .register(
            new HistogramCollector(
                "farpool_task_wait_seconds",
                "How long tasks had waited when they were first handed to a worker.",
                () -> Map.of(Labels.EMPTY, cluster.shown().totals().waits())));
  }

  private void bindProcess() {
    new JvmMemoryMetrics().bindTo(registry);
    collections.bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  @Override
  public String write(Reading reading) {
    cluster.show(reading);
    return registry.scrape();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
