package dev.farpool.call;

import dev.farpool.ResultEncodingException;
import java.util.Arrays;
import java.util.function.Function;

/** A function on the executor: reads arguments, calls, writes the result. */
final class DecodedFunction implements Function<byte[], byte[]> {
  private final Shape shape;
  private final Target target;

  /** The state, where it is part of the definition; it is read anew for each call. */
  private final byte[] state;

  private DecodedFunction(Shape shape, Target target, byte[] state) {
    this.shape = shape;
    this.target = target;
    this.state = state;
  }

  static DecodedFunction read(byte[] definition) throws Exception {
    ByteReader in = new ByteReader(definition);
    Shape shape = Shape.of(in.unsigned8());
    boolean lambda = in.unsigned8() == LambdaSite.LAMBDA;
    Target target = lambda ? LambdaTarget.find(LambdaSite.read(in)) : new ObjectTarget(shape);
    boolean hasState = in.unsigned8() == 1;
    return new DecodedFunction(shape, target, hasState ? in.readAllBytes() : null);
  }

  @Override
  public byte[] apply(byte[] encoded) {
    ValueReader in = new ValueReader(new ByteReader(encoded), null);
    Target.Bound function;
    Object[] arguments;
    try {
      function = target.bind(state == null ? in : new ValueReader(new ByteReader(state), null));
      arguments = readArguments(in);
    } catch (Exception | LinkageError unreadable) {
      throw JavaCalls.unreadable("the arguments", unreadable);
    }
    try {
      return call(function, arguments);
    } catch (Throwable thrown) {
      throw DecodedFunction.<RuntimeException>undeclared(thrown);
    }
  }

  /** For each parameter its value, or the column of its values in the chunk. */
  private Object[] readArguments(ValueReader in) throws Exception {
    Object[] arguments = shape.arity() == 0 ? LambdaSite.NOTHING : new Object[shape.arity()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = shape.chunked() ? in.readColumn() : in.read();
    }
    return arguments;
  }

  private byte[] call(Target.Bound function, Object[] arguments) throws Throwable {
    if (!shape.chunked()) {
      return encode(function.call(arguments));
    }
    ChunkItems items = new ChunkItems(Columns.size(arguments[0]));
    if (!shape.shared()) {
      return run(function, arguments, items);
    }
    HandBack.begin(items);
    try {
      return run(function, arguments, items);
    } finally {
      HandBack.end();
    }
  }

  private byte[] run(Target.Bound function, Object[] columns, ChunkItems items) throws Throwable {
    return shape.settled()
        ? SettledChunk.run(function, columns, items)
        : encodeChunk(map(function, columns, items));
  }

  /** The results of the items, or of the first of them if the others are handed back. */
  private static Object[] map(Target.Bound function, Object[] columns, ChunkItems items)
      throws Throwable {
    Object[] results = new Object[Columns.size(columns[0])];
    int done = 0;
    for (; items.mayBegin(done); done++) {
      results[done] = function.call(row(columns, done));
    }
    return done == results.length ? results : Arrays.copyOf(results, done);
  }

  /** The arguments for one item of a chunk. */
  static Object[] row(Object[] columns, int at) {
    return columns.length == 1
        ? new Object[] {Columns.item(columns[0], at)}
        : new Object[] {Columns.item(columns[0], at), Columns.item(columns[1], at)};
  }

  private static byte[] encode(Object result) {
    ByteWriter out = new ByteWriter(32);
    try {
      ValueWriter.write(out, result);
    } catch (RuntimeException refused) {
      throw unencodable(result, refused);
    }
    return out.toByteArray();
  }

  private static byte[] encodeChunk(Object[] results) {
    ByteWriter out = new ByteWriter(16 + 4 * results.length);
    try {
      BlockWriter.write(out, results, 0, results.length);
    } catch (RuntimeException refused) {
      throw new ResultEncodingException("Error sending results. Reason: " + refused.getMessage());
    }
    return out.toByteArray();
  }

  static ResultEncodingException unencodable(Object result, RuntimeException refused) {
    return new ResultEncodingException(
        "Error sending result: '" + describe(result) + "'. Reason: " + refused.getMessage());
  }

  private static String describe(Object result) {
    String text;
    try {
      text = String.valueOf(result);
    } catch (RuntimeException broken) {
      // The user's toString: the class says enough.
      text = result.getClass().getName();
    }
    return text.length() <= 200 ? text : text.substring(0, 200) + "…";
  }

  @SuppressWarnings({
    "unchecked",
    "TypeParameterUnusedInFormals"
  }) // The cast does nothing: it only takes the exception past javac.
  private static <T extends Throwable> T undeclared(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
