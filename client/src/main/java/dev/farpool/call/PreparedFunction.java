package dev.farpool.call;

import java.util.Objects;

/**
 * A function ready to be mapped over many chunks: taken apart once, its state the same for all.
 *
 * <p>Small state goes with every chunk; large state becomes part of the definition, which travels
 * once. Immutable.
 */
public final class PreparedFunction {
  /** Above this many bytes state is worth a definition of its own. */
  private static final int LARGE_STATE = 4096;

  private static final byte[] NO_STATE = {};

  private final Definition definition;
  private final byte[] state;
  private final Shape shape;

  private PreparedFunction(Shape shape, Definition definition, byte[] state) {
    this.shape = shape;
    this.definition = definition;
    this.state = state;
  }

  /**
   * Takes a function apart.
   *
   * @throws IllegalArgumentException if it, or a value it captures, is not serializable; the text
   *     names the path
   */
  public static PreparedFunction of(Shape shape, Object function) {
    Objects.requireNonNull(function, "function");
    ByteWriter out = new ByteWriter(64);
    CallWriter.writeState(out, function);
    byte[] state = out.size() == 0 ? NO_STATE : out.toByteArray();
    FunctionClass type = FunctionClass.of(function);
    if (state.length <= LARGE_STATE) {
      return new PreparedFunction(shape, CallWriter.define(type, shape, function), state);
    }
    Definition definition =
        type.isLambda()
            ? type.definition(shape, function, state)
            : new Definition(LambdaSite.defineObject(shape, state));
    return new PreparedFunction(shape, definition, NO_STATE);
  }

  /** What to send once in a pool. */
  public Definition definition() {
    return definition;
  }

  /** How it is called. */
  public Shape shape() {
    return shape;
  }

  /** The encoded state, which precedes the arguments of each call. Not to be changed. */
  public byte[] state() {
    return state;
  }
}
