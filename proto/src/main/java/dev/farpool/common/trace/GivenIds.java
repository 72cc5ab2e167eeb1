package dev.farpool.common.trace;

import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.HexFormat;
import java.util.function.Supplier;

/**
 * Lets a span have an id that was given before: what runs must know of which span it is a child
 * long before that is over and can be recorded. Thread-safe.
 */
final class GivenIds implements IdGenerator {
  private final IdGenerator random = IdGenerator.random();
  private final ThreadLocal<String> given = new ThreadLocal<>();

  long newId() {
    return HexFormat.fromHexDigitsToLong(random.generateSpanId());
  }

  /** Starts a span that has an id. */
  <T> T with(long id, Supplier<T> start) {
    given.set(TraceContexts.hex(id));
    try {
      return start.get();
    } finally {
      given.remove();
    }
  }

  @Override
  public String generateSpanId() {
    String id = given.get();
    return id == null ? random.generateSpanId() : id;
  }

  @Override
  public String generateTraceId() {
    return random.generateTraceId();
  }
}
