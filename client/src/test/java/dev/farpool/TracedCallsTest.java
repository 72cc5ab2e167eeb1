package dev.farpool;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Spans of calls in a program with OpenTelemetry. */
@Timeout(value = 30, unit = SECONDS)
class TracedCallsTest {
  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private Cluster cluster;

  private void trace(Sampler sampler) {
    GlobalOpenTelemetry.set(
        OpenTelemetrySdk.builder()
            .setTracerProvider(
                SdkTracerProvider.builder()
                    .setSampler(sampler)
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build())
            .build());
  }

  @BeforeEach
  void connect() {
    cluster = Cluster.local(2);
  }

  @AfterEach
  void close() {
    cluster.close();
    GlobalOpenTelemetry.resetForTest();
  }

  static int half(int x) {
    if (x % 2 == 1) {
      throw new IllegalArgumentException("odd: " + x);
    }
    return x / 2;
  }

  private SpanData only(String name) {
    List<SpanData> found =
        exporter.getFinishedSpanItems().stream()
            .filter(span -> span.getName().equals(name))
            .toList();
    assertEquals(1, found.size(), () -> name + " in " + exporter.getFinishedSpanItems());
    return found.get(0);
  }

  @Test
  @SuppressWarnings("try") // The scope is closed, nothing else is wanted of it.
  void aCallIsAChildOfTheCallersSpan() throws Exception {
    trace(Sampler.alwaysOn());
    Pool pool = cluster.newPool().name("halves").processes(1).build();
    Span caller = GlobalOpenTelemetry.getTracer("test").spanBuilder("caller").startSpan();
    try (Scope current = caller.makeCurrent()) {
      assertEquals(2, pool.apply(TracedCallsTest::half, 4));
    }

    SpanData call = only("apply halves");
    assertEquals(caller.getSpanContext().getSpanId(), call.getParentSpanId());
    assertEquals(SpanKind.PRODUCER, call.getKind());
    assertEquals(StatusCode.UNSET, call.getStatus().getStatusCode());
  }

  @Test
  void aFailureIsTheSpans() {
    trace(Sampler.alwaysOn());
    Pool pool = cluster.pool(1);

    assertThrows(ExecutionException.class, () -> pool.apply(TracedCallsTest::half, 3));

    SpanData call = only("apply");
    assertEquals(StatusCode.ERROR, call.getStatus().getStatusCode());
    assertEquals("odd: 3", call.getStatus().getDescription());
    assertEquals("exception", call.getEvents().get(0).getName());
  }

  @Test
  void aMapIsOneSpanWhateverItsItems() throws Exception {
    trace(Sampler.alwaysOn());
    Pool pool = cluster.pool(2);

    pool.map(TracedCallsTest::half, List.of(2, 4, 6, 8));
    pool.map(TracedCallsTest::half, List.of());

    assertEquals(2, exporter.getFinishedSpanItems().size());
  }

  @Test
  void aStreamIsOneSpanThatEndsWithItsLastResult() throws Exception {
    trace(Sampler.alwaysOn());
    Pool pool = cluster.pool(2);

    try (ResultIterator<Integer> halves = pool.imap(TracedCallsTest::half, List.of(2, 4, 6))) {
      halves.forEachRemaining(half -> assertTrue(half > 0));
    }
    pool.closeAndJoin();

    assertEquals(StatusCode.UNSET, only("imap").getStatus().getStatusCode());
  }

  @Test
  void aCallThatIsNotTakenHasNoSpan() throws Exception {
    trace(Sampler.alwaysOn());
    Pool pool = cluster.pool(1);
    pool.terminate();
    pool.join();

    assertThrows(IllegalStateException.class, () -> pool.apply(TracedCallsTest::half, 2));

    assertEquals(List.of(), exporter.getFinishedSpanItems());
  }

  @Test
  void whatIsNotSampledAndWhatIsNotAskedForIsCalledAllTheSame() throws Exception {
    Pool untraced = cluster.pool(1);
    trace(Sampler.alwaysOff());
    Pool unsampled = cluster.pool(1);

    assertEquals(1, untraced.apply(TracedCallsTest::half, 2));
    assertEquals(1, unsampled.apply(TracedCallsTest::half, 2));

    assertEquals(List.of(), exporter.getFinishedSpanItems());
  }
}
