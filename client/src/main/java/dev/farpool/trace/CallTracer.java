package dev.farpool.trace;

/** Begins spans of calls. Thread-safe. */
public interface CallTracer {
  /**
   * Begins a span, as a child of the calling thread's current one.
   *
   * @param operation the method, for example {@code map}
   * @param pool its name, for people; may be empty
   * @param poolId the pool
   * @param items how many items the call has; 0 for a call that has none, or does not know
   * @return null if nobody wants this one
   */
  CallSpan begin(String operation, String pool, String poolId, int items);

  /**
   * That of the program's own OpenTelemetry, the global one of this moment.
   *
   * @return null if it has none
   */
  static CallTracer ofThisProgram() {
    try {
      return OpenTelemetryCalls.ofThisProgram();
    } catch (LinkageError absent) {
      return null; // Its API is not on the class path, or older than the one that can be asked.
    }
  }
}
