package dev.farpool.executor.wire;

/** How the value of a field is written. */
final class WireType {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int FIXED32 = 5;

  private WireType() {}
}
