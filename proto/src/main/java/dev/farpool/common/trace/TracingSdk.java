package dev.farpool.common.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdkBuilder;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** OpenTelemetry's SDK for our own processes, set up as its environment variables say. */
public final class TracingSdk {
  private static final long CLOSE_SECONDS = 5;

  private TracingSdk() {}

  /**
   * Sets it up.
   *
   * @param service the name of the process, unless the environment gives another
   * @param resource more of what the process is
   * @throws IllegalArgumentException if it is asked for something that cannot be; the text says
   *     what
   */
  public static OpenTelemetrySdk open(String service, Map<String, String> resource) {
    return open(service, resource, IdGenerator.random());
  }

  static OpenTelemetrySdk open(String service, Map<String, String> resource, IdGenerator ids) {
    AutoConfiguredOpenTelemetrySdkBuilder builder =
        AutoConfiguredOpenTelemetrySdk.builder()
            .disableShutdownHook()
            .addPropertiesSupplier(() -> defaults(service))
            .addTracerProviderCustomizer((provider, config) -> provider.setIdGenerator(ids))
            .addResourceCustomizer(
                (given, config) -> Resource.create(attributes(resource)).merge(given));
    try {
      return builder.build().getOpenTelemetrySdk();
    } catch (ConfigurationException wrong) {
      throw new IllegalArgumentException("OpenTelemetry: " + wrong.getMessage(), wrong);
    }
  }

  /** There is nothing but spans; without these it would also look for exporters of the rest. */
  private static Map<String, String> defaults(String service) {
    return Map.of(
        "otel.service.name",
        service,
        "otel.metrics.exporter",
        "none",
        "otel.logs.exporter",
        "none");
  }

  private static Attributes attributes(Map<String, String> texts) {
    AttributesBuilder attributes = Attributes.builder();
    texts.forEach(attributes::put);
    return attributes.build();
  }

  /** Sends what was recorded, for some seconds at most, and ends it. */
  public static void close(OpenTelemetrySdk sdk) {
    sdk.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
  }
}
