package dev.farpool.simulation.node;

import dev.farpool.simulation.time.Timeline;
import dev.farpool.simulation.time.VirtualProcess;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;

/** One direction of a Unix domain socket between an agent and an executor: short and in order. */
final class ExecutorPipe {
  private static final long LEAST_NANOS = 5_000;
  private static final long MOST_NANOS = 150_000;

  private final Timeline timeline;
  private final VirtualProcess reader;
  private final RandomGenerator random;
  private final Deque<Runnable> unread = new ArrayDeque<>();
  private boolean reading = true;
  private long lastArrival;

  ExecutorPipe(VirtualProcess reader, RandomGenerator random) {
    this.timeline = reader.timeline();
    this.reader = reader;
    this.random = random;
  }

  void send(Runnable arrival) {
    long now = timeline.now();
    lastArrival = Math.max(lastArrival, now + random.nextLong(LEAST_NANOS, MOST_NANOS));
    timeline.after(lastArrival - now, () -> reader.run(() -> arrive(arrival)));
  }

  private void arrive(Runnable arrival) {
    if (reading && unread.isEmpty()) {
      arrival.run();
    } else {
      unread.add(arrival);
    }
  }

  /** Whether the reader reads; what it does not read waits. */
  void setReading(boolean on) {
    reading = on;
    while (reading && !unread.isEmpty()) {
      unread.poll().run();
    }
  }

  /** When everything that was sent is there. */
  long lastArrival() {
    return lastArrival;
  }
}
