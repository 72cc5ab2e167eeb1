package dev.farpool.worker.core;

import com.google.protobuf.ByteString;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.BlobRef;
import dev.farpool.v1.Failure;
import java.util.ArrayList;

/**
 * The worker: what it was told to run, on which executors, and what it still has to tell.
 *
 * <p>A pure state machine: it reads no clock, does no I/O, starts no thread and draws no random
 * number. Things that happened come in as calls, with their time; what is to be done goes out
 * through {@link Effects}. A batch of calls begins with {@link #begin} and ends with {@link
 * #settle}, which gives out tasks and sends what has gathered.
 *
 * <p>Not thread-safe; owned by the worker's serial loop.
 */
public final class Agent {
  private static final long TICK_NANOS = 2_000_000_000L;
  private static final int TICKS_PER_LEASE = 5;

  private final Effects effects;
  private final Reports reports;
  private final Link link;
  private final Spares spares;
  private final Veterans veterans;
  private final Roster roster;
  private final Stopper stopper;
  private final Executors executors;
  private final Fetching fetching;
  private final Pools pools;
  private long tickDueNanos;
  private boolean left;

  /**
   * @param identity who the worker is
   * @param standby how many executors there are to be without a pool
   * @param effects carries out what the agent wants done
   */
  public Agent(Identity identity, Standby standby, Effects effects) {
    this(identity, standby, effects, null);
  }

  /**
   * The same with somebody who wants to know of traced attempts.
   *
   * @param spans null for nobody
   */
  public Agent(Identity identity, Standby standby, Effects effects, RunSpans spans) {
    this.effects = effects;
    this.reports = new Reports(identity, effects);
    this.link = new Link(identity, effects, reports);
    this.spares = new Spares(effects, standby.spares());
    this.veterans = new Veterans(effects, standby.veterans());
    this.roster = new Roster(effects, identity.cores(), spares, veterans);
    this.stopper = new Stopper(effects, reports);
    Traces traces = new Traces(spans);
    this.executors = new Executors(effects, roster, reports, stopper, traces);
    this.fetching = new Fetching(effects, reports, stopper, traces);
    this.pools = new Pools(effects, roster, reports, stopper, fetching);
  }

  /** The stream to the coordinator is open. */
  public void opened(long now) {
    link.opened(reports.held(pools.all()), now);
  }

  /** The stream takes messages again. */
  public void writable() {
    link.writable();
  }

  /** The stream has ended; what was not acknowledged is kept for the next one. */
  public void closed() {
    link.closed();
  }

  /**
   * A message from the coordinator; its parts in the order of their numbers. What comes on a stream
   * that was given up counts for nothing.
   */
  public void received(AttachResponse message, long now) {
    if (message.hasRegistered() && link.isRegistering()) {
      if (link.registered(message.getRegistered(), now)) {
        reports.storeAgain();
      }
      pools.registered(now);
    }
    if (!link.isUp()) {
      return;
    }
    if (message.getAcknowledged() > 0) {
      link.acknowledged(message.getAcknowledged(), now);
    }
    message.getOpenedList().forEach(pools::open);
    message.getFunctionsList().forEach(pools::define);
    message.getStartList().forEach(pools::start);
    message.getStopList().forEach(stop -> pools.stop(stop, now));
    message.getRecallList().forEach(pools::recall);
    message.getReleasedList().forEach(released -> pools.release(released, now));
    message.getForgottenList().forEach(poolId -> pools.forget(poolId, now));
    message.getOutputTakenList().forEach(pools::outputTaken);
    if (message.hasDrain()) {
      drain(message.getDrain().getReason());
    }
  }

  /** The code of a pool is there. */
  public void codeReady(String poolId) {
    pools.codeReady(poolId);
  }

  /** The code of a pool could not be fetched; its tasks go back. */
  public void codeFailed(String poolId, String reason, long now) {
    pools.codeFailed(poolId, reason, now);
  }

  /** A blob that tasks were waiting for. */
  public void blobReady(BlobRef blob, ByteString bytes) {
    fetching.arrived(blob, bytes, pools.all());
  }

  /** There is no such blob: the tasks that were waiting for it fail. */
  public void blobFailed(BlobRef blob, String reason) {
    fetching.failed(blob, reason, pools.all());
  }

  /** A blob cannot be had here and now: the tasks that were waiting for it go back. */
  public void blobUnavailable(BlobRef blob, String reason) {
    fetching.unavailable(blob, reason, pools.all());
  }

  /** A large result is stored. */
  public void uploaded(long upload, BlobRef blob) {
    reports.uploaded(upload, blob);
  }

  /** The coordinator does not take a large result. */
  public void uploadFailed(long upload, String reason) {
    reports.uploadFailed(upload, Failures.notTaken(reason));
  }

  /** A large result could not be brought to the coordinator: its attempt is lost. */
  public void uploadLost(long upload, String reason) {
    reports.uploadFailed(upload, Failures.notStored(reason));
  }

  /** An executor has opened both of its connections. */
  public void executorConnected(long id, long pid) {
    Pipeline pipeline = roster.get(id);
    if (pipeline != null) {
      tickDueNanos = Long.MIN_VALUE; // Before it gets a task it must know how long it may run it.
      roster.setUp(pipeline, pid);
    } else if (spares.connected(id, pid)) {
      tickDueNanos = Long.MIN_VALUE;
    }
  }

  /** An executor is set up. */
  public void executorReady(long id, long now) {
    Pipeline pipeline = roster.get(id);
    if (pipeline != null) {
      executors.ready(pipeline, now);
    }
  }

  /** An executor's initializer failed. */
  public void setUpFailed(long id, Failure failure, long now) {
    Pipeline pipeline = roster.get(id);
    if (pipeline != null) {
      executors.setUpFailed(pipeline, failure, now);
    }
  }

  /**
   * Results of calls that an executor was given, in their order.
   *
   * @param ranNanos how long they ran together
   * @param firstIndex the index of the first
   * @param sizes the size of each in {@code values}
   */
  public void results(
      long id, long ranNanos, long firstIndex, int[] sizes, ByteString values, long now) {
    Pipeline pipeline = roster.get(id);
    if (pipeline != null) {
      executors.results(pipeline, ranNanos, firstIndex, sizes, values, now);
    }
  }

  /** Another outcome; {@code kind} is one of {@code OutcomeKind}. */
  public void outcome(long id, long ranNanos, long index, byte kind, ByteString message, long now) {
    Pipeline pipeline = roster.get(id);
    if (pipeline != null) {
      executors.outcome(pipeline, ranNanos, index, kind, message, now);
    }
  }

  /** Something was printed; {@code index} is -1 between tasks. */
  public void output(long id, long index, int attempt, boolean stderr, ByteString data) {
    Pipeline pipeline = roster.get(id);
    if (pipeline != null) {
      executors.output(pipeline, index, attempt, stderr, data);
    }
  }

  /** The codec tells something of a task that runs. */
  public void noted(long id, long index, int attempt, ByteString data) {
    Pipeline pipeline = roster.get(id);
    if (pipeline != null && !pipeline.pool.released) {
      reports.noted(pipeline.pool, index, attempt, data);
    }
  }

  /** Tasks from this sequence on will not be started. */
  public void recalled(long id, long from) {
    Pipeline pipeline = roster.get(id);
    if (pipeline != null) {
      executors.recalled(pipeline, from);
      pools.returnUnstartable(pipeline.pool);
    }
  }

  /** An executor exits because of what its task did to it; it starts nothing more. */
  public void retired(long id, long from, long now) {
    Pipeline pipeline = roster.get(id);
    if (pipeline != null) {
      executors.retired(pipeline, from, now);
    }
  }

  /** An executor and all processes that came from it are gone. */
  public void executorGone(long id, ExecutorExit exit, long now) {
    Pipeline pipeline = roster.get(id);
    if (pipeline != null) {
      executors.gone(pipeline, exit, now);
    } else {
      spares.gone(id, now);
      veterans.gone(id);
    }
  }

  /** Takes no more tasks, gives back what has not started, and leaves when the rest has ended. */
  public void drain(String reason) {
    link.drain(reason);
    for (Pipeline pipeline : roster.all()) {
      stopper.recall(pipeline);
    }
  }

  /** Whether it takes no more tasks, for good. */
  public boolean isDraining() {
    return link.isDraining();
  }

  /**
   * The beginning of a batch, before its calls: after a long pause of the process the lease is what
   * counts, not what came meanwhile.
   */
  public void begin(long now) {
    if (link.leaseHasEnded(now)) {
      pools.abandonAll();
    }
  }

  /** The end of a batch: gives out tasks, does what is due, sends what has gathered. */
  public void settle(long now) {
    if (now >= tickDueNanos) {
      tick(now);
    }
    for (Pipeline pipeline : new ArrayList<>(roster.all())) {
      stopper.tick(pipeline, now);
    }
    link.checkAnswer(now);
    pools.settle(now, link);
    veterans.settle(now);
    roster.settleSpares(link.isUp() && !link.isDraining(), now);
    link.flush(pools.all(), processes(), now);
    leaveIfDrained();
  }

  /** Executors may run on no longer than the worker, which may be stopped by then. */
  private void tick(long now) {
    long left = link.leaseLeftNanos(now);
    if (left > 0) {
      effects.tick(left);
    }
    tickDueNanos = now + Math.min(TICK_NANOS, Math.max(1, link.leaseNanos() / TICKS_PER_LEASE));
  }

  /** What it is doing and has done. */
  public Numbers numbers() {
    return new Numbers(
        roster.cores(),
        roster.freeCores(),
        roster.count(),
        spares.count(),
        veterans.count(),
        roster.started(),
        executors.died(),
        executors.attempts(),
        executors.ranNanos(),
        reports.outbox.size(),
        link.isUp());
  }

  /** When to call {@link #settle} even if nothing happens. */
  public long due() {
    boolean ticking = processes() > 0;
    long due = Math.min(ticking ? tickDueNanos : Long.MAX_VALUE, link.due());
    due = Math.min(due, Math.min(spares.due(), veterans.due()));
    for (Pipeline pipeline : roster.all()) {
      due = Math.min(due, stopper.due(pipeline));
    }
    return Math.min(due, pools.due(link));
  }

  /** How many executors there are, with a pool or without. */
  private int processes() {
    return roster.count() + spares.count() + veterans.count();
  }

  private void leaveIfDrained() {
    boolean done = roster.all().stream().noneMatch(pipeline -> !pipeline.inFlight.isEmpty());
    if (link.isDraining() && link.isUp() && done && !left && reports.isEmpty()) {
      left = true;
      effects.leave();
      link.closed(); // Nothing can be sent on it any more, whatever happens until it is gone.
    }
  }
}
