package dev.farpool.call;

/** A function on the executor, without its state. */
interface Target {
  /**
   * Reads the function's state and binds it.
   *
   * @param state where the state comes next
   */
  Bound bind(ValueReader state) throws Exception;

  /** A function with its state. */
  interface Bound {
    /** Calls it; throws whatever the user's code threw. */
    Object call(Object... arguments) throws Throwable;
  }
}
