package dev.farpool.call;

import java.lang.invoke.SerializedLambda;

/** A lambda or method reference by the method it stands for: writes and reads its definition. */
record LambdaSite(String implClass, String implMethod, String implSignature, int captured) {
  static final Object[] NOTHING = new Object[0];

  /** How a definition begins: a lambda site follows. */
  static final int LAMBDA = 1;

  /** How a definition begins: the function object is serialized with the captured values. */
  static final int OBJECT = 0;

  /**
   * The definition of a lambda.
   *
   * @param state the encoded captured values; null: they come with each call
   */
  static byte[] define(Shape shape, SerializedLambda lambda, byte[] state) {
    ByteWriter out = new ByteWriter(256);
    out.write(shape.code());
    out.write(LAMBDA);
    out.text(lambda.getImplClass().replace('/', '.'));
    out.text(lambda.getImplMethodName());
    out.text(lambda.getImplMethodSignature());
    out.varint(lambda.getCapturedArgCount());
    writeState(out, state);
    return out.toByteArray();
  }

  /**
   * The definition of another function object.
   *
   * @param state the encoded object; null: it comes with each call
   */
  static byte[] defineObject(Shape shape, byte[] state) {
    ByteWriter out = new ByteWriter(16 + (state == null ? 0 : state.length));
    out.write(shape.code());
    out.write(OBJECT);
    writeState(out, state);
    return out.toByteArray();
  }

  private static void writeState(ByteWriter out, byte[] state) {
    out.write(state == null ? 0 : 1);
    if (state != null) {
      out.write(state, 0, state.length);
    }
  }

  static LambdaSite read(ByteReader in) {
    return new LambdaSite(in.text(), in.text(), in.text(), (int) in.varint());
  }

  static Object[] captured(SerializedLambda lambda) {
    int count = lambda.getCapturedArgCount();
    Object[] captured = count == 0 ? NOTHING : new Object[count];
    for (int i = 0; i < count; i++) {
      captured[i] = lambda.getCapturedArg(i);
    }
    return captured;
  }
}
