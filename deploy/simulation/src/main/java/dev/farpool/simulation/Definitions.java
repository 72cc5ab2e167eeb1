package dev.farpool.simulation;

import dev.farpool.SerializableFunction;
import dev.farpool.call.Definition;
import dev.farpool.call.PreparedFunction;
import dev.farpool.call.Shape;
import java.util.List;

/** A few functions that differ for the product; what a task does stands in its argument. */
final class Definitions {
  private static final SerializableFunction<byte[], byte[]> FIRST = bytes -> bytes;
  private static final SerializableFunction<byte[], byte[]> SECOND = byte[]::clone;
  private static final SerializableFunction<byte[], byte[]> THIRD = bytes -> new byte[0];

  private static final List<Definition> ALL = List.of(define(FIRST), define(SECOND), define(THIRD));

  private Definitions() {}

  private static Definition define(SerializableFunction<byte[], byte[]> function) {
    return PreparedFunction.of(Shape.APPLY, function).definition();
  }

  /** One of them, always the same for a number. */
  static Definition of(int number) {
    return ALL.get(number % ALL.size());
  }
}
