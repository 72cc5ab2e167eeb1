package dev.farpool.dist.traces;

import dev.farpool.Pool;
import dev.farpool.SerializableCallable;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** A program with OpenTelemetry that makes one call within a span of its own. */
public final class TracedProgram {
  private TracedProgram() {}

  /** Prints the span that it made, then what came of the call. */
  @SuppressWarnings("try") // The scope is closed, nothing else is wanted of it.
  public static void main(String[] arguments) throws Exception {
    OpenTelemetrySdk sdk =
        AutoConfiguredOpenTelemetrySdk.builder().setResultAsGlobal().build().getOpenTelemetrySdk();
    Span caller = sdk.getTracer("program").spanBuilder("caller").startSpan();
    System.out.println(
        "caller "
            + caller.getSpanContext().getTraceId()
            + " "
            + caller.getSpanContext().getSpanId());
    Pool pool = Pool.builder().name("sums").processes(2).build();
    try (Scope current = caller.makeCurrent()) {
      System.out.println("result " + call(pool, arguments));
    } finally {
      caller.end();
    }
    pool.closeAndJoin();
    sdk.shutdown().join(10, TimeUnit.SECONDS);
  }

  private static Object call(Pool pool, String... arguments) throws InterruptedException {
    try {
      return switch (arguments[0]) {
        case "span" -> pool.apply((SerializableCallable<String>) TracedProgram::currentSpan);
        case "fail" -> pool.apply((SerializableCallable<String>) TracedProgram::fail);
        case "die-once" -> pool.apply(TracedProgram::dieOnce, arguments[1]);
        case "map" -> pool.map((Integer x) -> x * x, List.of(1, 2, 3), 1);
        default -> throw new IllegalArgumentException(arguments[0]);
      };
    } catch (ExecutionException failed) {
      return failed.getCause();
    }
  }

  private static String currentSpan() {
    return Span.current().getSpanContext().getSpanId();
  }

  private static String fail() {
    throw new IllegalStateException("not today");
  }

  private static String dieOnce(String mark) throws Exception {
    if (!Files.exists(Path.of(mark))) {
      Files.createFile(Path.of(mark));
      Runtime.getRuntime().halt(7);
    }
    return "alive";
  }
}
