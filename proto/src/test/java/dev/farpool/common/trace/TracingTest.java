package dev.farpool.common.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.farpool.v1.ExitStatus;
import dev.farpool.v1.Failure;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TracingTest {
  @ParameterizedTest
  @CsvSource({
    "OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317, true",
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://c:4317, true",
    "OTEL_TRACES_EXPORTER=otlp, true",
    "OTEL_TRACES_EXPORTER=none, false",
    "OTEL_TRACES_EXPORTER=, false",
    "OTEL_TRACES_EXPORTER=none OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317, false",
    "OTEL_SDK_DISABLED=true OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317, false",
    "OTEL_SERVICE_NAME=farpool, false",
    "OTEL_METRICS_EXPORTER=otlp, false",
  })
  void spansAreAskedForByTheUsualVariables(String environment, boolean asked) {
    Map<String, String> variables = new HashMap<>();
    for (String variable : environment.split(" ", -1)) {
      String[] parts = variable.split("=", 2);
      variables.put(parts[0], parts[1]);
    }

    assertEquals(asked, Tracing.isConfigured(variables::get, name -> null));
  }

  @Test
  void systemPropertiesWinOverVariables() {
    Map<String, String> variables = Map.of("OTEL_TRACES_EXPORTER", "otlp");
    Map<String, String> properties = Map.of("otel.traces.exporter", "none");

    assertEquals(false, Tracing.isConfigured(variables::get, properties::get));
  }

  @Test
  void failuresAreCalledAsMetricsCallThem() {
    Failure lost = Failure.newBuilder().setKind(Failure.Kind.KIND_WORKER_LOST).build();
    Failure thrown =
        Failure.newBuilder()
            .setKind(Failure.Kind.KIND_EXCEPTION)
            .setClassName("java.lang.Error")
            .build();

    assertEquals("worker_lost", SpanFailure.of(lost).type());
    assertEquals("java.lang.Error", SpanFailure.of(thrown).type());
    assertEquals("exception", SpanFailure.of(Failure.newBuilder().setKindValue(99).build()).type());
  }

  @Test
  void onlyAnExitWithZeroIsNoFailure() {
    assertNull(SpanFailure.of(ExitStatus.newBuilder().setCode(0).build()));
    assertEquals("3", SpanFailure.of(ExitStatus.newBuilder().setCode(3).build()).type());
    assertEquals("signal_9", SpanFailure.of(ExitStatus.newBuilder().setSignal(9).build()).type());
  }
}
