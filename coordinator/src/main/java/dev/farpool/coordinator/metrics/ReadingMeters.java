package dev.farpool.coordinator.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Meters that show one {@link Reading}, the last that was set. Not thread-safe. */
final class ReadingMeters {
  static final double NANOS_PER_SECOND = 1e9;

  private final MeterRegistry registry;
  private Reading reading;

  ReadingMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  void show(Reading current) {
    reading = current;
  }

  Reading shown() {
    return reading;
  }

  void gauge(String name, String help, ToDoubleFunction<Reading> value) {
    gauge(name, help, Tags.empty(), value);
  }

  void gauge(String name, String help, Tags tags, ToDoubleFunction<Reading> value) {
    Gauge.builder(name, this, meters -> value.applyAsDouble(meters.reading))
        .description(help)
        .tags(tags)
        .register(registry);
  }

  void counter(String name, String help, ToDoubleFunction<Reading> value) {
    counter(name, help, Tags.empty(), value);
  }

  void counter(String name, String help, Tags tags, ToDoubleFunction<Reading> value) {
    FunctionCounter.builder(name, this, meters -> value.applyAsDouble(meters.reading))
        .description(help)
        .tags(tags)
        .register(registry);
  }

  /** What a constant of the contract is called in a label. */
  static String label(Enum<?> constant, String prefix) {
    return constant.name().substring(prefix.length()).toLowerCase(Locale.ROOT);
  }
}
