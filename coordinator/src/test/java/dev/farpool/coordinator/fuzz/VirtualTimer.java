package dev.farpool.coordinator.fuzz;

import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A clock that stands still until it is told to move, and a timer that goes by it; what is due runs
 * on the thread that moves it. Only scheduling is thread-safe.
 */
final class VirtualTimer extends AbstractExecutorService implements ScheduledExecutorService {
  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private volatile long nanos;
  private long scheduled;

  long nanos() {
    return nanos;
  }

  /** Lets time pass, and runs what becomes due meanwhile. */
  void pass(long millis) {
    long end = nanos + TimeUnit.MILLISECONDS.toNanos(millis);
    for (Entry next = takeDue(end); next != null; next = takeDue(end)) {
      nanos = Math.max(nanos, next.dueNanos);
      next.run();
    }
    nanos = end;
  }

  private synchronized Entry takeDue(long untilNanos) {
    boolean due = !entries.isEmpty() && entries.peek().dueNanos <= untilNanos;
    return due ? entries.poll() : null;
  }

  private synchronized Entry add(Callable<?> task, long delayNanos, long periodNanos) {
    Entry entry = new Entry(task, nanos + delayNanos, periodNanos, scheduled++);
    entries.add(entry);
    return entry;
  }

  private synchronized void again(Entry entry) {
    entry.dueNanos += entry.periodNanos;
    entries.add(entry);
  }

  @Override
  public void execute(Runnable task) {
    schedule(task, 0, TimeUnit.NANOSECONDS);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    return add(callable(task), unit.toNanos(delay), 0);
  }

  @Override
  @SuppressWarnings("unchecked") // The result of a task is of its type.
  public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
    return (ScheduledFuture<V>) add(task, unit.toNanos(delay), 0);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable task, long delay, long period, TimeUnit unit) {
    return add(callable(task), unit.toNanos(delay), unit.toNanos(period));
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, long delay, long period, TimeUnit unit) {
    return scheduleAtFixedRate(task, delay, period, unit); // No time passes while a task runs.
  }

  private static Callable<Object> callable(Runnable task) {
    return () -> {
      task.run();
      return null;
    };
  }

  @Override
  public synchronized void shutdown() {
    entries.clear();
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown();
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }

  private final class Entry extends FutureTask<Object> implements ScheduledFuture<Object> {
    private final long periodNanos;
    private final long order;
    private long dueNanos;

    @SuppressWarnings("unchecked") // The result is only handed through.
    Entry(Callable<?> task, long dueNanos, long periodNanos, long order) {
      super((Callable<Object>) task);
      this.dueNanos = dueNanos;
      this.periodNanos = periodNanos;
      this.order = order;
    }

    @Override
    public void run() {
      if (periodNanos == 0) {
        super.run();
      } else if (runAndReset()) {
        again(this);
      }
    }

    @Override
    public boolean cancel(boolean interrupt) {
      synchronized (VirtualTimer.this) {
        entries.remove(this);
      }
      return super.cancel(interrupt);
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(dueNanos - nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      Entry entry = (Entry) other;
      int byTime = Long.compare(dueNanos, entry.dueNanos);
      return byTime != 0 ? byTime : Long.compare(order, entry.order);
    }
  }
}
