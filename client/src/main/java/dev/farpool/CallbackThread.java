package dev.farpool;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A pool's own thread for what belongs to its user: callbacks, stages, printing. Made when first
 * needed, gone when idle, a daemon. What waits for it is bounded by the tasks that wait for their
 * callbacks.
 */
final class CallbackThread implements Executor {
  private static final int IDLE_SECONDS = 5;

  private final ThreadPoolExecutor thread;
  private volatile Thread current;

  CallbackThread(String name) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    thread =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread made = new Thread(task, name);
              made.setDaemon(true);
              made.setContextClassLoader(loader);
              current = made;
              return made;
            });
    thread.allowCoreThreadTimeOut(true);
  }

  @Override
  public void execute(Runnable task) {
    thread.execute(task);
  }

  /**
   * Waits until everything handed over before has run. From a callback it returns at once, as that
   * would wait for itself.
   *
   * @return whether it has
   */
  boolean awaitIdle(long nanos) throws InterruptedException {
    if (Thread.currentThread() == current || thread.getPoolSize() == 0) {
      return true;
    }
    CountDownLatch reached = new CountDownLatch(1);
    thread.execute(reached::countDown);
    return reached.await(nanos, TimeUnit.NANOSECONDS);
  }
}
