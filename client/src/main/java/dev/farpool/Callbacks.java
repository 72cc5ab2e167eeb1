package dev.farpool;

import java.util.function.Consumer;

/**
 * What is called before a result becomes ready.
 *
 * @param success gets the result; may be null
 * @param failure gets what went wrong; may be null
 */
record Callbacks<R>(Consumer<? super R> success, Consumer<? super Throwable> failure) {
  /**
   * Calls the one that fits.
   *
   * @return the outcome: what a callback throws takes the place of what it was told
   */
  Settled<R> call(Settled<R> settled) {
    try {
      if (settled.succeeded()) {
        if (success != null) {
          success.accept(settled.value());
        }
      } else if (failure != null) {
        failure.accept(settled.failure());
      }
      return settled;
    } catch (Throwable thrown) {
      if (settled.failure() != null && settled.failure() != thrown) {
        thrown.addSuppressed(settled.failure());
      }
      return Settled.failed(thrown);
    }
  }
}
