package dev.farpool.simulation.net;

import dev.farpool.simulation.time.Timeline;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The way between one host and the coordinator's, and all connections that go over it. */
public final class Link {
  private final String name;
  private final Timeline timeline;
  private final Conditions conditions;
  private final RandomGenerator random;
  private final Set<Connection> connections = new LinkedHashSet<>();
  private boolean upClogged;
  private boolean downClogged;

  /**
   * @param random draws delays
   */
  public Link(String name, Timeline timeline, Conditions conditions, RandomGenerator random) {
    this.name = name;
    this.timeline = timeline;
    this.conditions = conditions;
    this.random = random;
  }

  /** For people. */
  public String name() {
    return name;
  }

  Timeline timeline() {
    return timeline;
  }

  Conditions conditions() {
    return conditions;
  }

  /** How long the next message takes. */
  long delay() {
    long most =
        random.nextDouble() < conditions.spikeChance()
            ? conditions.spikeNanos()
            : conditions.mostDelayNanos();
    return conditions.leastDelayNanos()
        + random.nextLong(1 + Math.max(0, most - conditions.leastDelayNanos()));
  }

  /** A time between half of this and this. */
  long about(long nanos) {
    return nanos / 2 + random.nextLong(1 + nanos / 2);
  }

  void add(Connection connection) {
    connections.add(connection);
  }

  void remove(Connection connection) {
    connections.remove(connection);
  }

  boolean isClogged(boolean up) {
    return up ? upClogged : downClogged;
  }

  /** Nothing gets through in these directions; what is on its way waits. */
  public void clog(boolean up, boolean down) {
    timeline.note("clog", name, up ? "up" : "", down ? "down" : "");
    upClogged |= up;
    downClogged |= down;
    all().forEach(Connection::doubt);
  }

  /** Everything gets through these directions again, in its old order. */
  public void heal(boolean up, boolean down) {
    if ((up && upClogged) || (down && downClogged)) {
      timeline.note("heal", name, up ? "up" : "", down ? "down" : "");
      upClogged &= !up;
      downClogged &= !down;
      all().forEach(Connection::flow);
    }
  }

  /** Resets what is connected: what is on its way is lost, each side notices at its own time. */
  public void cut() {
    timeline.note("cut", name, connections.size());
    all().forEach(Connection::cut);
  }

  /** What is connected now goes on without anything getting through; new connections are fine. */
  public void halfOpen() {
    timeline.note("half-open", name, connections.size());
    all().forEach(Connection::blackHole);
  }

  /** The coordinator's host stands still: whoever waits for its answers gives up at last. */
  public void doubt() {
    all().forEach(Connection::doubt);
  }

  private List<Connection> all() {
    return new ArrayList<>(connections);
  }

  /** How many connections one of the ends still believes in. */
  public int connections() {
    return connections.size();
  }
}
