package dev.farpool.coordinator.metrics;

import dev.farpool.coordinator.core.Histogram;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the server's calls are like. */
final class CallMeters {
  private CallMeters() {}

  static void bindTo(PrometheusMeterRegistry registry, CallStatistics calls) {
    Gauge.builder("farpool.grpc.calls.open", calls::open)
        .description("gRPC calls that are open, streams included.")
        .register(registry);
    registry
        .getPrometheusRegistry()
        .register(
            new HistogramCollector(
                "farpool_grpc_call_seconds",
                "How long gRPC calls took, for streams how long they were open.",
                () -> durations(calls)));
  }

  private static Map<Labels, Histogram.Times> durations(CallStatistics calls) {
    Map<Labels, Histogram.Times> durations = new LinkedHashMap<>();
    calls
        .durations()
        .forEach(
            (ended, times) ->
                durations.put(
                    Labels.of("method", ended.method(), "code", ended.code().name()), times));
    return durations;
  }
}
