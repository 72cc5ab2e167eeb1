package dev.farpool.call;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The wish that the chunk that runs hand back what it has not begun, because others have nothing to
 * do. It comes as a signal, which nothing else takes notice of; one that comes too late meets the
 * next chunk, which takes it as well, and nothing comes of it but one more task.
 *
 * <p>For the sake of a quick start there are no lambdas here. Thread-safe.
 */
public final class HandBack implements SignalHandler {
  /** SIGURG. By default it does nothing to a process. */
  public static final int SIGNAL = 23;

  private static volatile boolean wanted;

  static {
    try {
      Signal.handle(new Signal("URG"), new HandBack());
    } catch (IllegalArgumentException notHere) {
      wanted = false; // On a system without this signal chunks are run to their end.
    }
  }

  private HandBack() {}

  /** Asks the chunk that runs in this JVM. */
  public static void ask() {
    wanted = true;
  }

  /** A chunk begins: what was asked before was not meant for it. */
  static void begin() {
    wanted = false;
  }

  static boolean wanted() {
    return wanted;
  }

  @Override
  public void handle(Signal signal) {
    ask();
  }
}
