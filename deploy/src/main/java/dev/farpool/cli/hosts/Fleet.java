package dev.farpool.cli.hosts;

import dev.farpool.common.DaemonThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The workers of all hosts, each with a thread that follows it. Thread-safe. */
public final class Fleet {
  /** What a thread does with its worker. */
  @FunctionalInterface
  private interface Errand {
    void run(RemoteWorker worker) throws InterruptedException;
  }

  private static final ThreadFactory THREADS = new DaemonThreads("farpool-host-");

  private final List<RemoteWorker> workers = new ArrayList<>();
  private final AtomicInteger busy;
  private final CountDownLatch ended;

  /** Starts nothing yet. */
  public Fleet(List<HostLine> hosts, Plan plan, Ssh ssh, Progress progress) {
    Copier copier = new Copier(ssh, plan);
    hosts.forEach(host -> workers.add(new RemoteWorker(host, plan, ssh, copier, progress)));
    busy = new AtomicInteger(hosts.size());
    ended = new CountDownLatch(hosts.size());
  }

  /**
   * Starts workers that end when they are told to, or when this process ends.
   *
   * @param whenAllHaveEnded called once, on a thread of the fleet
   */
  public void run(Runnable whenAllHaveEnded) {
    send(RemoteWorker::run, whenAllHaveEnded);
  }

  /** Starts workers that stay. */
  public void leave(Runnable whenAllHaveStarted) {
    send(RemoteWorker::leave, whenAllHaveStarted);
  }

  private void send(Errand errand, Runnable atTheEnd) {
    for (RemoteWorker worker : workers) {
      Runnable body =
          () -> {
            try {
              errand.run(worker);
            } catch (InterruptedException closing) {
              Thread.currentThread().interrupt();
            } finally {
              ended.countDown();
              if (busy.decrementAndGet() == 0) {
                atTheEnd.run();
              }
            }
          };
      THREADS.newThread(body).start();
    }
  }

  /** Lets all workers finish what they run; a second time, ends that at once. */
  public void stop() {
    workers.forEach(RemoteWorker::stop);
  }

  /** Waits until every thread is back. */
  public void await() throws InterruptedException {
    ended.await();
  }

  /** The same, for this time at most. */
  public void await(Duration most) throws InterruptedException {
    ended.await(most.toNanos(), TimeUnit.NANOSECONDS);
  }
}
