package dev.farpool.common;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes threads with names and numbers that do not keep the process alive. Thread-safe. */
public final class DaemonThreads implements ThreadFactory {
  private final String prefix;
  private final AtomicInteger last = new AtomicInteger();

  /**
   * @param prefix of the names, before the number
   */
  public DaemonThreads(String prefix) {
    this.prefix = prefix;
  }

  @Override
  public Thread newThread(Runnable body) {
    Thread thread = new Thread(body, prefix + last.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }
}
