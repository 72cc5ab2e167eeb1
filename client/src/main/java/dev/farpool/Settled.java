package dev.farpool;

/**
 * What came of one call: a result or a failure.
 *
 * @param value the result; null if there is a failure (a result may be null as well)
 * @param failure what went wrong; null if there is a result
 * @param <R> the result's type
 */
public record Settled<R>(R value, Throwable failure) {
  static <R> Settled<R> of(R value) {
    return new Settled<>(value, null);
  }

  static <R> Settled<R> failed(Throwable failure) {
    return new Settled<>(null, failure);
  }

  /** Whether there is a result. */
  public boolean succeeded() {
    return failure == null;
  }
}
