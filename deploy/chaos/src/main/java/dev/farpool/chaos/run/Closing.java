package dev.farpool.chaos.run;

import java.io.IOException;

/** The end of a run that was interrupted. */
final class Closing {
  private Closing() {}

  /** Closes; what cannot be closed is told on standard error, for nobody else listens any more. */
  static void quietly(Cast cast) {
    try {
      cast.close();
    } catch (IOException left) {
      System.err.println("chaos: could not clean up: " + left.getMessage());
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
