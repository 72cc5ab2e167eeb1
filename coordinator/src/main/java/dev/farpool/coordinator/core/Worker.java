package dev.farpool.coordinator.core;

import dev.farpool.v1.HeldAttempts;
import dev.farpool.v1.Register;
import dev.farpool.v1.WorkerStatus;
import java.util.LinkedHashMap;
import java.util.Map;

/** A worker process, over all its connections. */
final class Worker {
  /** Names this process in the slabs; grows for ever. At least 1. */
  final int number;

  /** The identity that may speak for it. */
  final String owner;

  /** Its latest introduction. */
  Register register;

  final long registeredNanos;
  final Outgoing outgoing;
  final Map<Pool, Allotment> allotments = new LinkedHashMap<>();

  /** What it holds of pools that are not here yet, or not with all their tasks, by pool id. */
  final Map<String, HeldAttempts> claims = new LinkedHashMap<>();

  final Sightings sightings = new Sightings();
  long epoch;
  long heardNanos;

  /** How many executors live there, as it told last. */
  int executors;

  boolean connected;

  /** Whether its stream takes more. */
  boolean ready;

  boolean suspect;
  boolean draining;

  /** Why an operator wants it to drain; null if none does. */
  String drainReason;

  /** Whether it is among those to which something may have to be sent. */
  boolean touched;

  /** The pass of the dispatcher in which it gets nothing more, as an older task waits for it. */
  long closedInPass;

  /** Its free slots when it was put in the order of idle workers; below 1 when it is not there. */
  int idleRank;

  /** Whether its place in that order may be another. */
  boolean moved;

  private int taken;

  /** Its cores, or what was taken when it came with more than that, until it has become less. */
  private int ceiling;

  Worker(int number, String owner, Register register, long nowNanos) {
    this.number = number;
    this.owner = owner;
    this.register = register;
    this.registeredNanos = nowNanos;
    this.outgoing = new Outgoing(this);
  }

  String name() {
    return register.getName();
  }

  String host() {
    return register.getHost();
  }

  int cores() {
    return register.getCores();
  }

  int taken() {
    return taken;
  }

  int free() {
    return cores() - taken;
  }

  void take(int slots) {
    taken += slots;
    ceiling = Math.max(cores(), Math.min(ceiling, taken));
  }

  /** Has slots in use that it was not given here, or not while it had so few cores. */
  void bring(int slots) {
    taken += slots;
    ceiling = Math.max(cores(), taken);
  }

  /** Whether no slots were given beyond its cores. */
  boolean isWithinCores() {
    return taken <= ceiling;
  }

  /** Whether it may get tasks now. */
  boolean isAvailable() {
    return connected && ready && !suspect && !draining;
  }

  boolean hasLabels(Map<String, String> labels) {
    if (labels.isEmpty()) {
      return true;
    }
    Map<String, String> mine = register.getLabelsMap();
    for (Map.Entry<String, String> label : labels.entrySet()) {
      if (!label.getValue().equals(mine.get(label.getKey()))) {
        return false;
      }
    }
    return true;
  }

  /** Whether it holds no task. */
  boolean isIdle() {
    if (!claims.isEmpty()) {
      return false;
    }
    for (Allotment allotment : allotments.values()) {
      if (!allotment.isIdle()) {
        return false;
      }
    }
    return true;
  }

  WorkerStatus.State state() {
    if (!connected) {
      return WorkerStatus.State.STATE_DISCONNECTED;
    }
    if (suspect) {
      return WorkerStatus.State.STATE_SUSPECT;
    }
    return draining ? WorkerStatus.State.STATE_DRAINING : WorkerStatus.State.STATE_ACTIVE;
  }
}
