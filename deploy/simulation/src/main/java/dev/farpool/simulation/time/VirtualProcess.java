package dev.farpool.simulation.time;

import dev.farpool.common.Surroundings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * A process of the simulated cluster: a clock that drifts, timers, and a life that can be paused
 * and ended. While it is paused its clock goes on, and what reaches it waits.
 */
public final class VirtualProcess {
  private final String name;
  private final Timeline timeline;
  private final double rate;
  private final long origin;
  private final RandomGenerator random;
  private final VirtualTimer timer;
  private final Deque<Runnable> held = new ArrayDeque<>();
  private final List<Runnable> lastWishes = new ArrayList<>();
  private boolean alive = true;
  private boolean paused;

  /**
   * @param drift how much faster its clock goes than time itself: 0.05 is five percent
   * @param random draws what the process draws
   */
  public VirtualProcess(String name, Timeline timeline, double drift, RandomGenerator random) {
    this.name = name;
    this.timeline = timeline;
    this.rate = 1 + drift;
    this.origin = random.nextLong(-1L << 50, 1L << 50);
    this.random = random;
    this.timer = new VirtualTimer(this);
  }

  /** For people. */
  public String name() {
    return name;
  }

  /** The time in which it lives. */
  public Timeline timeline() {
    return timeline;
  }

  /** Its timers. */
  public VirtualTimer timer() {
    return timer;
  }

  /** Its own clock. */
  public long nanoTime() {
    return origin + (long) (timeline.now() * rate);
  }

  /** What the product's code takes from its machine. */
  public Surroundings surroundings() {
    return new Surroundings(this::nanoTime, timer, random, this::nextId);
  }

  private String nextId() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  /** Whether it was not killed. */
  public boolean isAlive() {
    return alive;
  }

  /** Whether it lives and is not paused. */
  public boolean isRunning() {
    return alive && !paused;
  }

  /** Plans something by the process's own clock. */
  public Timeline.Event afterOwn(long ownNanos, Runnable action) {
    return timeline.after((long) Math.ceil(ownNanos / rate), () -> run(action));
  }

  /** How long it is by the process's own clock until something planned. */
  public long ownUntil(Timeline.Event event) {
    return (long) ((event.time() - timeline.now()) * rate);
  }

  /** How much faster its clock goes than time itself. */
  public double drift() {
    return rate - 1;
  }

  /** Something reaches the process: it deals with it now, when it goes on, or never. */
  public void run(Runnable action) {
    if (paused) {
      held.add(action);
    } else if (alive) {
      action.run();
    }
  }

  /** As SIGSTOP does. */
  public void pause() {
    paused = alive;
  }

  /** As SIGCONT does: what has come meanwhile is dealt with in the order of its coming. */
  public void resume() {
    paused = false;
    while (!held.isEmpty() && !paused && alive) {
      held.poll().run();
    }
  }

  /** What happens to others when this process ends. */
  public void atDeath(Runnable wish) {
    lastWishes.add(wish);
  }

  /** As SIGKILL does. */
  public void kill() {
    if (alive) {
      alive = false;
      paused = false;
      held.clear();
      lastWishes.forEach(Runnable::run);
    }
  }
}
