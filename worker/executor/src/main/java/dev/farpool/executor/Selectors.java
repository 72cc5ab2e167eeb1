package dev.farpool.executor;

import java.nio.channels.spi.SelectorProvider;

/**
 * Makes the JDK take its own selectors for sockets.
 *
 * <p>Left to itself it first asks the whole class path for a provider of others. That opens every
 * jar, with forty of them a fifth of the time from a new pool to its first result, and it would
 * look for the code of a spare before there is any.
 */
final class Selectors {
  private static final String PROPERTY = "java.nio.channels.spi.SelectorProvider";
  private static final String LINUX = "sun.nio.ch.EPollSelectorProvider";

  private Selectors() {}

  /** To be called before the first socket is made; a provider named in the options is left. */
  static void choose() {
    if (System.getProperty(PROPERTY) == null && isThere()) {
      System.setProperty(PROPERTY, LINUX);
      SelectorProvider.provider();
      System.clearProperty(PROPERTY);
    }
  }

  private static boolean isThere() {
    try {
      Class.forName(LINUX);
      return true;
    } catch (ClassNotFoundException elsewhere) {
      return false;
    }
  }
}
