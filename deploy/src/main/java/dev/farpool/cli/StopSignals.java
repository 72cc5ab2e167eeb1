package dev.farpool.cli;

import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import sun.misc.Signal;

/**
 * SIGTERM and SIGINT as requests: the first asks to stop, every further one insists.
 *
 * <p>Shutdown hooks cannot do this: while they run the JVM swallows further signals. Thread-safe.
 */
final class StopSignals {
  private static final int SIGNAL_BASE = 128;

  private final CountDownLatch first = new CountDownLatch(1);
  private final CountDownLatch halt = new CountDownLatch(1);
  private volatile Runnable haste = () -> {};
  private final IntConsumer request;
  private volatile boolean insisted;

  private StopSignals(IntConsumer request) {
    this.request = request;
  }

  /** Takes both signals over from the JVM. */
  static StopSignals install() {
    return install(code -> {});
  }

  /**
   * The same.
   *
   * @param request what to do at the first signal, on a thread of its own, with the exit code that
   *     tells of it
   */
  static StopSignals install(IntConsumer request) {
    StopSignals signals = new StopSignals(request);
    Signal.handle(new Signal("TERM"), signals::arrived);
    Signal.handle(new Signal("INT"), signals::arrived);
    return signals;
  }

  /** Whether a first one has come. */
  boolean received() {
    return first.getCount() == 0;
  }

  /** Has the effect of a first signal, if none has come. */
  void request() {
    first.countDown();
  }

  /** Waits for the first signal. */
  void await() throws InterruptedException {
    first.await();
  }

  /** What to do in haste, on a thread of its own, before the process is halted. */
  void onSecond(Runnable action) {
    haste = action;
  }

  /** Does not return if a second signal has come: that thread ends the process, with its code. */
  void giveWay() throws InterruptedException {
    if (insisted) {
      halt.await();
    }
  }

  private void arrived(Signal signal) {
    int code = SIGNAL_BASE + signal.getNumber();
    if (isFirst()) {
      request.accept(code);
    } else {
      insist(code);
    }
  }

  private synchronized boolean isFirst() {
    boolean isFirst = !received();
    first.countDown();
    return isFirst;
  }

  private synchronized void insist(int code) {
    insisted = true;
    try {
      haste.run();
    } finally {
      Runtime.getRuntime().halt(code);
    }
  }
}
