package dev.farpool.simulation.time;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * What is still to happen, in the order of its time; what is due at the same time happens in the
 * order in which it was planned. All of a simulation runs on the thread that calls {@link #step}.
 */
public final class Timeline {
  /** Something planned. */
  public static final class Event {
    private final long time;
    private final long order;
    private Runnable action;

    private Event(long time, long order, Runnable action) {
      this.time = time;
      this.order = order;
      this.action = action;
    }

    /** Whether it was still to come, and now will not. */
    public boolean cancel() {
      boolean pending = action != null;
      action = null;
      return pending;
    }

    /** Whether it is still to come. */
    public boolean isPending() {
      return action != null;
    }

    /** When, in nanoseconds since the start. */
    public long time() {
      return time;
    }
  }

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.<Event>comparingLong(event -> event.time)
              .thenComparingLong(event -> event.order));
  private final Trace trace = new Trace();
  private long now;
  private long planned;
  private long happened;

  /** Nanoseconds since the start. */
  public long now() {
    return now;
  }

  /** How many events have happened. */
  public long happened() {
    return happened;
  }

  /** What has happened of late. */
  public Trace trace() {
    return trace;
  }

  /** Notes down what happens, for whoever must understand it later. */
  public void note(String what, Object... details) {
    trace.add(now, happened, what, details);
  }

  /** Plans something in this many nanoseconds. */
  public Event after(long delay, Runnable action) {
    Event event = new Event(now + Math.max(0, delay), planned++, action);
    events.add(event);
    return event;
  }

  /** Lets the next thing happen; false if there is none up to this time, which then it is. */
  public boolean step(long until) {
    Event next = events.peek();
    while (next != null && next.action == null) {
      events.poll();
      next = events.peek();
    }
    if (next == null || next.time > until) {
      now = Math.max(now, until);
      return false;
    }
    events.poll();
    now = next.time;
    happened++;
    Runnable action = next.action;
    next.action = null;
    action.run();
    return true;
  }
}
