package dev.farpool.call;

/** How a function is called, and what a task's arguments and result are. */
public enum Shape {
  /** Without arguments; there is no result. */
  RUN(0),
  /** Without arguments. */
  CALL(0),
  /** With one argument. */
  APPLY(1),
  /** With two arguments. */
  APPLY_TWO(2),
  /** Once for each item of a chunk; the first exception ends the chunk. */
  MAP(1),
  /** Once for each pair of a chunk; the first exception ends the chunk. */
  STARMAP(2),
  /** Once for each item of a chunk; every item has its own outcome. */
  MAP_SETTLED(1),
  /** Once for each pair of a chunk; every item has its own outcome. */
  STARMAP_SETTLED(2);

  private static final Shape[] BY_CODE = values();

  private final int arity;

  Shape(int arity) {
    this.arity = arity;
  }

  /** How many arguments the function takes. */
  public int arity() {
    return arity;
  }

  /** Whether a task is a chunk of items. */
  public boolean chunked() {
    return ordinal() >= MAP.ordinal();
  }

  static Shape of(int code) {
    if (code >= BY_CODE.length) {
      throw new MalformedCallException("there is no shape " + code);
    }
    return BY_CODE[code];
  }
}
