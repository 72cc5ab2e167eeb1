package dev.farpool.worker.core;

import dev.farpool.common.Durations;
import dev.farpool.common.Protocol;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.Credit;
import dev.farpool.v1.Draining;
import dev.farpool.v1.Heartbeat;
import dev.farpool.v1.HeldAttempts;
import dev.farpool.v1.Register;
import dev.farpool.v1.Registered;
import java.util.Collection;
import java.util.List;

/**
 * The stream to the coordinator: whether it is up, what goes on it, and how long what was heard on
 * it lets the worker run tasks.
 *
 * <p>The lease runs from the sending of the last message that was acknowledged, so that it ends
 * here before it ends at the coordinator.
 */
final class Link {
  private enum State {
    DOWN,
    REGISTERING,
    UP
  }

  /** How long to wait for the answer to a registration. */
  private static final long ANSWER_NANOS = 10_000_000_000L;

  private final Identity identity;
  private final Effects effects;
  private final Reports reports;
  private State state = State.DOWN;
  private boolean writable;
  private String coordinatorId = "";
  private boolean intact;
  private long registerSentNanos;
  private long heartbeatNanos = 2_000_000_000L;
  private long leaseNanos;
  private long leaseEndNanos = Long.MAX_VALUE;
  private long heartbeatDueNanos;
  private long roundTripNanos;
  private boolean drainingDue;
  private String drainReason;

  Link(Identity identity, Effects effects, Reports reports) {
    this.identity = identity;
    this.effects = effects;
    this.reports = reports;
  }

  /** The stream is open: the worker says who it is and what it still holds. */
  void opened(List<HeldAttempts> held, long now) {
    state = State.REGISTERING;
    registerSentNanos = now;
    Register.Builder register =
        Register.newBuilder()
            .setProtocol(Protocol.RANGE)
            .setName(identity.name())
            .setInstanceId(identity.instanceId())
            .setHost(identity.host())
            .setPid(identity.pid())
            .setCores(identity.cores())
            .putAllLabels(identity.labels())
            .setVersion(identity.version())
            .addAllHeld(held)
            .setLastCoordinatorId(coordinatorId)
            .setIntact(intact);
    AttachRequest.Builder message = AttachRequest.newBuilder().setRegister(register);
    writable = effects.send(reports.outbox.number(message, now));
  }

  /**
   * The coordinator has accepted the worker.
   *
   * @return whether it is another coordinator than before
   */
  boolean registered(Registered registered, long now) {
    boolean another = !registered.getCoordinatorId().equals(coordinatorId);
    coordinatorId = registered.getCoordinatorId();
    intact = true;
    heartbeatNanos = Math.max(1, Durations.nanos(registered.getHeartbeatInterval()));
    leaseNanos = Durations.nanos(registered.getLease());
    leaseEndNanos = registerSentNanos + leaseNanos;
    roundTripNanos = now - registerSentNanos;
    heartbeatDueNanos = now;
    drainingDue = drainReason != null;
    if (registered.getMaxInlineBytes() > 0) {
      reports.setMaxInlineBytes(registered.getMaxInlineBytes());
    }
    state = State.UP;
    reports.output.up(registered.getOutputWindow());
    return another;
  }

  void acknowledged(long sequence, long now) {
    long sentNanos = reports.outbox.acknowledged(sequence);
    if (sentNanos != Long.MIN_VALUE) {
      leaseEndNanos = Math.max(leaseEndNanos, sentNanos + leaseNanos);
      roundTripNanos += (now - sentNanos - roundTripNanos) / 8;
    }
  }

  void writable() {
    writable = true;
  }

  void closed() {
    state = State.DOWN;
    writable = false;
    reports.output.down();
    reports.outbox.rewind();
  }

  boolean isUp() {
    return state == State.UP;
  }

  /** Whether the worker waits for the answer to its registration. */
  boolean isRegistering() {
    return state == State.REGISTERING;
  }

  /** How long what was heard lets the worker run tasks; 0 before the first registration. */
  long leaseNanos() {
    return leaseNanos;
  }

  /** The time from a message to its acknowledgement, smoothed. */
  long roundTripNanos() {
    return roundTripNanos;
  }

  /**
   * Whether the worker must not run tasks any more; told once. The stream goes as well: the
   * coordinator may not have noticed, and only a registration tells it that all is given up.
   */
  boolean leaseHasEnded(long now) {
    if (now < leaseEndNanos) {
      return false;
    }
    leaseEndNanos = Long.MAX_VALUE;
    intact = false;
    abandon("the lease has run out");
    return true;
  }

  /** For how long executors may run on if nothing more is heard from here. */
  long leaseLeftNanos(long now) {
    return leaseEndNanos == Long.MAX_VALUE ? 0 : leaseEndNanos - now;
  }

  /** Gives up on a coordinator that takes connections and does not answer. */
  void checkAnswer(long now) {
    if (state == State.REGISTERING && now - registerSentNanos >= ANSWER_NANOS) {
      abandon("the coordinator does not answer the registration");
    }
  }

  private void abandon(String reason) {
    if (state != State.DOWN) {
      closed();
      effects.abandon(reason);
    }
  }

  void drain(String reason) {
    drainReason = reason;
    drainingDue = true;
  }

  boolean isDraining() {
    return drainReason != null;
  }

  /** When there is something to do here for the time's sake. */
  long due() {
    long due =
        switch (state) {
          case DOWN -> Long.MAX_VALUE;
          case REGISTERING -> registerSentNanos + ANSWER_NANOS;
          case UP -> writable ? heartbeatDueNanos : Long.MAX_VALUE;
        };
    return Math.min(leaseEndNanos, due);
  }

  /** Sends what has gathered, as much as the stream takes. */
  void flush(Collection<HeldPool> pools, int executors, long now) {
    boolean heartbeat = now >= heartbeatDueNanos;
    while (isUp() && writable && (heartbeat || drainingDue || isWaiting(pools))) {
      AttachRequest.Builder message = AttachRequest.newBuilder();
      if (heartbeat) {
        message.setHeartbeat(
            Heartbeat.newBuilder()
                .setRoundTripNanos(roundTripNanos)
                .setExecutors(executors)
                .addAllRunning(RunningAttempts.of(pools, now)));
        heartbeatDueNanos = now + heartbeatNanos;
        heartbeat = false;
      }
      if (drainingDue) {
        message.setDraining(Draining.newBuilder().setReason(drainReason));
        drainingDue = false;
      }
      addCredits(pools, message);
      writable = effects.send(reports.fill(message, now));
    }
  }

  private boolean isWaiting(Collection<HeldPool> pools) {
    for (HeldPool pool : pools) {
      if (pool.creditDue && pool.isNumbered()) {
        return true;
      }
    }
    return reports.isWaiting();
  }

  private static void addCredits(Collection<HeldPool> pools, AttachRequest.Builder message) {
    for (HeldPool pool : pools) {
      if (pool.creditDue && pool.isNumbered()) {
        pool.creditDue = false;
        message.addCredits(
            Credit.newBuilder().setPool(pool.number()).setPrefetchPerSlot(pool.gauge.granted()));
      }
    }
  }
}
