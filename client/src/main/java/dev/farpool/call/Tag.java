package dev.farpool.call;

/**
 * The first byte of an encoded value. Both ends are always the same version of this library, since
 * it travels with the code; the numbers still never change their meaning.
 */
final class Tag {
  static final int NULL = 0;
  static final int TRUE = 1;
  static final int FALSE = 2;
  static final int INT = 3;
  static final int LONG = 4;
  static final int DOUBLE = 5;
  static final int FLOAT = 6;
  static final int SHORT = 7;
  static final int BYTE = 8;
  static final int CHAR = 9;
  static final int STRING = 10;
  static final int BYTES = 11;
  static final int INTS = 12;
  static final int LONGS = 13;
  static final int DOUBLES = 14;

  /** An {@code ArrayList} whose items fit one of the blocks below. */
  static final int ARRAY_LIST = 15;

  /** Anything else: Java serialization. */
  static final int SERIALIZED = 16;

  static final int INT_BLOCK = 32;
  static final int INT_RANGE_BLOCK = 33;
  static final int LONG_BLOCK = 34;
  static final int DOUBLE_BLOCK = 35;
  static final int STRING_BLOCK = 36;
  static final int TAGGED_BLOCK = 37;
  static final int SERIALIZED_BLOCK = 38;

  private Tag() {}
}
