package dev.farpool.common.trace;

import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Whether and whereto spans go, by the environment variables and system properties of
 * OpenTelemetry. Without any that asks for it, nothing of OpenTelemetry is loaded.
 */
public final class Tracing {
  private static final String[] ENDPOINTS = {
    "otel.exporter.otlp.endpoint", "otel.exporter.otlp.traces.endpoint"
  };
  private static final String EXPORTER = "otel.traces.exporter";
  private static final String DISABLED = "otel.sdk.disabled";
  private static final String NONE = "none";

  private Tracing() {}

  /** Whether the process is asked to send spans anywhere. */
  public static boolean isConfigured() {
    return isConfigured(System.getenv()::get, System::getProperty);
  }

  static boolean isConfigured(UnaryOperator<String> environment, UnaryOperator<String> property) {
    if (Boolean.parseBoolean(setting(DISABLED, environment, property))) {
      return false;
    }
    String exporter = setting(EXPORTER, environment, property);
    boolean configured = !exporter.isBlank();
    for (String endpoint : ENDPOINTS) {
      configured |= !setting(endpoint, environment, property).isBlank();
    }
    return configured && !exporter.strip().equals(NONE);
  }

  private static String setting(
      String name, UnaryOperator<String> environment, UnaryOperator<String> property) {
    String given = property.apply(name);
    String variable = name.toUpperCase(Locale.ROOT).replace('.', '_');
    String otherwise = environment.apply(variable);
    return given != null ? given : otherwise == null ? "" : otherwise;
  }

  /**
   * Begins to send spans of a process.
   *
   * @param service the name of the process, unless the environment gives another
   * @param resource more of what the process is
   * @return null if it is not asked to
   * @throws IllegalArgumentException if it is asked for something that cannot be; the text says
   *     what
   */
  public static Spans open(String service, Map<String, String> resource) {
    return isConfigured() ? OpenTelemetrySpans.open(service, resource) : null;
  }
}
