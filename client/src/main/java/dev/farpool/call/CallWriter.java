package dev.farpool.call;

import java.io.Serializable;
import java.util.Map;
import java.util.Objects;

/**
 * Encodes calls, one after the other, into the same buffer. Not thread-safe.
 *
 * <p>For the call of a lambda this is its captured values and its arguments, nothing else.
 */
public final class CallWriter {
  private static final Definition[] OBJECTS = new Definition[Shape.COUNT];

  static {
    for (Shape shape : Shape.values()) {
      OBJECTS[shape.code()] = new Definition(LambdaSite.defineObject(shape, null));
    }
  }

  /** A larger buffer is not kept for the next call. */
  private static final int KEPT = 64 * 1024;

  private ByteWriter out = new ByteWriter(256);

  /** The bytes of the last call: the first {@link #size} of this array, until the next call. */
  public byte[] buffer() {
    return out.buffer();
  }

  /** How many bytes the last call has. */
  public int size() {
    return out.size();
  }

  /**
   * Encodes a call of a function, whose state is read anew at each call.
   *
   * @param arguments as many as the shape says
   * @return the function's definition
   * @throws IllegalArgumentException if something is not serializable; the text names the path
   */
  public Definition call(Shape shape, Object function, Object... arguments) {
    Objects.requireNonNull(function, "function");
    reset();
    writeState(out, function);
    for (int i = 0; i < arguments.length; i++) {
      try {
        ValueWriter.write(out, arguments[i]);
      } catch (UnserializableException refused) {
        throw new IllegalArgumentException("argument " + i + ": " + refused.getMessage(), refused);
      }
    }
    return define(FunctionClass.of(function), shape, function);
  }

  /**
   * Encodes a call over a part of an array.
   *
   * @param items the items, or for pairs {@link Map.Entry} objects
   * @throws IllegalArgumentException if something is not serializable; the text names the path
   */
  public void chunk(PreparedFunction function, Object[] items, int from, int count) {
    reset();
    out.write(function.state(), 0, function.state().length);
    try {
      if (function.shape().arity() == 2) {
        writePairs(items, from, count);
      } else {
        BlockWriter.write(out, items, from, count);
      }
    } catch (UnserializableException refused) {
      String where = function.shape().arity() == 2 ? "from pair " + from + " on, " : "";
      throw new IllegalArgumentException(where + refused.getMessage(), refused);
    }
  }

  private void writePairs(Object[] pairs, int from, int count) {
    Object[] firsts = new Object[count];
    Object[] seconds = new Object[count];
    for (int i = 0; i < count; i++) {
      Map.Entry<?, ?> pair = (Map.Entry<?, ?>) pairs[from + i];
      firsts[i] = pair.getKey();
      seconds[i] = pair.getValue();
    }
    BlockWriter.write(out, firsts, 0, count);
    BlockWriter.write(out, seconds, 0, count);
  }

  private void reset() {
    if (out.buffer().length > KEPT) {
      out = new ByteWriter(256);
    }
    out.rewind(0);
  }

  /** Writes what a function holds: the captured values of a lambda, or the whole object. */
  static void writeState(ByteWriter out, Object function) {
    FunctionClass type = FunctionClass.of(function);
    if (!type.isLambda()) {
      writeObject(out, function);
      return;
    }
    Object[] captured = type.captured(function);
    for (int i = 0; i < captured.length; i++) {
      try {
        ValueWriter.write(out, captured[i]);
      } catch (UnserializableException refused) {
        throw new IllegalArgumentException(
            "captured value " + i + " of the function: " + refused.getMessage(), refused);
      }
    }
  }

  private static void writeObject(ByteWriter out, Object function) {
    if (!(function instanceof Serializable)) {
      throw new IllegalArgumentException(
          "function: "
              + function.getClass().getName()
              + " is not Serializable: declare it as SerializableCallable or the like, or cast the"
              + " lambda, as in (Callable<String> & Serializable) () -> \"x\"");
    }
    try {
      ValueWriter.write(out, function);
    } catch (UnserializableException refused) {
      throw new IllegalArgumentException("function: " + refused.getMessage(), refused);
    }
  }

  static Definition define(FunctionClass type, Shape shape, Object function) {
    return type.isLambda() ? type.definition(shape, function) : OBJECTS[shape.code()];
  }
}
