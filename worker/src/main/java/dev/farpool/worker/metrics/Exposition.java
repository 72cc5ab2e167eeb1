package dev.farpool.worker.metrics;

import dev.farpool.common.MetricsPage;
import dev.farpool.worker.core.Numbers;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.ToDoubleFunction;

/** All metrics of the worker and of its process. Not thread-safe. */
public final class Exposition implements MetricsPage.Writer<Numbers> {
  private static final double NANOS_PER_SECOND = 1e9;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private Numbers numbers;

  /** Makes the meters. */
  public Exposition() {
    addLevels();
    addTotals();
    addProcess();
  }

  private void addLevels() {
    String slots = "farpool.agent.slots";
    gauge(slots, "Slots.", state("busy"), now -> now.cores() - now.freeCores());
    gauge(slots, "Slots.", state("free"), Numbers::freeCores);
    String executors = "farpool.agent.executors";
    gauge(executors, "Executors that live.", state("pool"), Numbers::executors);
    gauge(executors, "Executors that live.", state("spare"), Numbers::spares);
    gauge(executors, "Executors that live.", state("veteran"), Numbers::veterans);
    gauge(
        "farpool.agent.outbox.reports",
        "Reports of outcomes that the coordinator has not acknowledged.",
        Tags.empty(),
        Numbers::unacknowledged);
    gauge(
        "farpool.agent.connected",
        "Whether the worker is registered with a coordinator.",
        Tags.empty(),
        now -> now.connected() ? 1 : 0);
  }

  private void addTotals() {
    counter(
        "farpool.agent.executors.started",
        "Executors that were started.",
        Numbers::executorsStarted);
    counter(
        "farpool.agent.executors.died",
        "Executors that ended although nobody had told them to.",
        Numbers::executorsDied);
    counter("farpool.agent.attempts", "Attempts that ended here.", Numbers::attempts);
    counter(
        "farpool.agent.attempt.seconds",
        "How long they ran together.",
        now -> now.ranNanos() / NANOS_PER_SECOND);
  }

  private void addProcess() {
    new JvmMemoryMetrics().bindTo(registry);
    collections.bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  private static Tags state(String state) {
    return Tags.of("state", state);
  }

  private void gauge(String name, String help, Tags tags, ToDoubleFunction<Numbers> value) {
    Gauge.builder(name, this, shown -> value.applyAsDouble(shown.numbers))
        .description(help)
        .tags(tags)
        .register(registry);
  }

  private void counter(String name, String help, ToDoubleFunction<Numbers> value) {
    FunctionCounter.builder(name, this, shown -> value.applyAsDouble(shown.numbers))
        .description(help)
        .register(registry);
  }

  @Override
  public String write(Numbers read) {
    numbers = read;
    return registry.scrape();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
