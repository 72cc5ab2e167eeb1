package dev.farpool.call;

/** How a function is called, and what a task's arguments and result are. */
public enum Shape {
  /** Without arguments; there is no result. */
  RUN(0, 0),
  /** Without arguments. */
  CALL(1, 0),
  /** With one argument. */
  APPLY(2, 1),
  /** With two arguments. */
  APPLY_TWO(3, 2),
  /** Once for each item of a chunk; the first exception ends the chunk. */
  MAP(4, 1),
  /** Once for each pair of a chunk; the first exception ends the chunk. */
  STARMAP(5, 2),
  /** Once for each item of a chunk; every item has its own outcome. */
  MAP_SETTLED(6, 1),
  /** Once for each pair of a chunk; every item has its own outcome. */
  STARMAP_SETTLED(7, 2),
  /** As MAP, but the chunk may hand back what it has not begun, see {@link HandBack}. */
  SHARED_MAP(8, 1),
  /** As STARMAP, but the chunk may hand back what it has not begun. */
  SHARED_STARMAP(9, 2),
  /** As MAP_SETTLED, but the chunk may hand back what it has not begun. */
  SHARED_MAP_SETTLED(10, 1);

  /** How many there are. */
  static final int COUNT = 11;

  private static final Shape[] BY_CODE = values();

  private final int code;
  private final int arity;

  Shape(int code, int arity) {
    this.code = code;
    this.arity = arity;
  }

  /** What stands for it in a definition; never another one's. */
  int code() {
    return code;
  }

  /** How many arguments the function takes. */
  public int arity() {
    return arity;
  }

  /** Whether a task is a chunk of items. */
  public boolean chunked() {
    return code >= MAP.code;
  }

  /** Whether every item has its own outcome. */
  public boolean settled() {
    return this == MAP_SETTLED || this == STARMAP_SETTLED || this == SHARED_MAP_SETTLED;
  }

  /** Whether a chunk may hand back what it has not begun. */
  public boolean shared() {
    return code >= SHARED_MAP.code;
  }

  /**
   * The shape whose chunks may hand back what they have not begun.
   *
   * @throws IllegalArgumentException if there is none for this shape
   */
  public Shape toShared() {
    return switch (this) {
      case MAP -> SHARED_MAP;
      case STARMAP -> SHARED_STARMAP;
      case MAP_SETTLED -> SHARED_MAP_SETTLED;
      default -> throw new IllegalArgumentException("the tasks of " + this + " cannot be shared");
    };
  }

  static Shape of(int code) {
    if (code >= COUNT) {
      throw new MalformedCallException("there is no shape " + code);
    }
    return BY_CODE[code];
  }
}
