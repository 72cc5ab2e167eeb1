package dev.farpool.simulation.time;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The timers of one process, in virtual time. What runs on them runs when it is due by the
 * process's own clock, or as soon as the process is no longer paused.
 */
public final class VirtualTimer extends AbstractExecutorService
    implements ScheduledExecutorService {
  private final VirtualProcess process;
  private boolean shutdown;
  private int pending;

  VirtualTimer(VirtualProcess process) {
    this.process = process;
  }

  /** How many timers have not run and were not cancelled. */
  public int pending() {
    return pending;
  }

  @Override
  public void execute(Runnable task) {
    schedule(task, 0, TimeUnit.NANOSECONDS);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    return plan(new Task<>(task, 0, false), unit.toNanos(delay));
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
    return plan(new Task<>(task), unit.toNanos(delay));
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable task, long initialDelay, long period, TimeUnit unit) {
    return plan(new Task<>(task, unit.toNanos(period), true), unit.toNanos(initialDelay));
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, long initialDelay, long delay, TimeUnit unit) {
    return plan(new Task<>(task, unit.toNanos(delay), false), unit.toNanos(initialDelay));
  }

  private <V> Task<V> plan(Task<V> task, long delayNanos) {
    if (shutdown) {
      throw new RejectedExecutionException("the timers of " + process.name() + " are shut down");
    }
    pending++;
    task.plan(Math.max(0, delayNanos));
    return task;
  }

  @Override
  public void shutdown() {
    shutdown = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown = true;
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return shutdown;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return shutdown;
  }

  /** A task with its place in time; what it throws is the simulation's to deal with. */
  private final class Task<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {
    private final long periodNanos;
    private final boolean fixedRate;
    private long dueNanos;
    private Timeline.Event event;

    Task(Runnable task, long periodNanos, boolean fixedRate) {
      super(task, null);
      this.periodNanos = periodNanos;
      this.fixedRate = fixedRate;
    }

    Task(Callable<V> task) {
      super(task);
      this.periodNanos = 0;
      this.fixedRate = false;
    }

    void plan(long delayNanos) {
      dueNanos = process.nanoTime() + delayNanos;
      event = process.afterOwn(delayNanos, this::due);
    }

    private void due() {
      if (shutdown || isCancelled()) {
        settle();
      } else if (isPeriodic()) {
        if (runAndReset()) {
          long late = fixedRate ? process.nanoTime() - dueNanos : 0;
          plan(Math.max(0, periodNanos - late));
        } else {
          settle();
          rethrow();
        }
      } else {
        settle();
        run();
        rethrow();
      }
    }

    private void settle() {
      if (event != null) {
        event = null;
        pending--;
      }
    }

    private void rethrow() {
      if (isDone() && !isCancelled()) {
        try {
          get();
        } catch (InterruptedException neverWaits) {
          throw new IllegalStateException(neverWaits);
        } catch (java.util.concurrent.ExecutionException failed) {
          throw new IllegalStateException("a timer of " + process.name() + " failed", failed);
        }
      }
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
      boolean cancelled = super.cancel(mayInterrupt);
      if (cancelled && event != null) {
        event.cancel();
        settle();
      }
      return cancelled;
    }

    @Override
    public boolean isPeriodic() {
      return periodNanos > 0;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(dueNanos - process.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
