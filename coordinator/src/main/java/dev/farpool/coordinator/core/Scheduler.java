package dev.farpool.coordinator.core;

import dev.farpool.coordinator.history.History;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.CancelMode;
import dev.farpool.v1.ExplainTaskResponse;
import dev.farpool.v1.IndexRange;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.PoolStatus;
import dev.farpool.v1.Register;
import dev.farpool.v1.Registered;
import dev.farpool.v1.Rejection;
import dev.farpool.v1.ResumedPool;
import dev.farpool.v1.SubmitRequest;
import dev.farpool.v1.SubmitResponse;
import java.util.List;

/**
 * Hands the tasks of clients to workers and their outcomes back: the coordinator without its
 * surroundings.
 *
 * <p>A pure state machine. What is asked of it are method calls, which answer at once or throw a
 * {@link Refusal} and then have changed nothing; what it wants done comes out of {@link #flush}
 * through {@link Effects}, for all calls since the last flush together. Times are nanoseconds on a
 * clock that never goes back. Calls and connections are named by numbers that never come again.
 * Messages must have been checked for their shape.
 *
 * <p>Not thread-safe: one caller at a time.
 */
public final class Scheduler {
  private final Effects effects;
  private final History history;
  private final Held held = new Held();
  private final Counters counters = new Counters();
  private final WorkerTable workers = new WorkerTable();
  private final PoolTable pools = new PoolTable();
  private final Traces traces;
  private final OpenCalls calls = new OpenCalls();
  private final QueueTimeouts timeouts = new QueueTimeouts();
  private final Settling settling;
  private final Explanations explanations;
  private final Deliveries deliveries;
  private final Dispatcher dispatcher;
  private final Endings endings;
  private final Adoptions adoptions;
  private final Sessions sessions;
  private final Submissions submissions;
  private final Registrations registrations;
  private final Reports reports;
  private final Releases releases;
  private final Joins joins;
  private final Insight insight;
  private final OutputPace outputPace;

  /**
   * @param effects is called from {@link #flush}, and from other methods where a peer must be told
   *     before anything else happens
   * @param nowNanos the time of the start
   */
  public Scheduler(SchedulerLimits limits, Effects effects, long nowNanos) {
    this(limits, effects, null, nowNanos);
  }

  /**
   * The same with somebody who wants to know of traced tasks.
   *
   * @param spans null for nobody
   */
  public Scheduler(SchedulerLimits limits, Effects effects, TaskSpans spans, long nowNanos) {
    this.effects = effects;
    this.history = new History(nowNanos);
    this.traces = new Traces(workers, spans, history);
    Recorder recorder = new Recorder(history, counters, traces);
    this.settling = new Settling(nowNanos, limits);
    this.explanations = new Explanations(workers, pools, settling);
    this.deliveries = new Deliveries(effects, calls, counters);
    this.dispatcher = new Dispatcher(workers, pools, effects, recorder);
    this.releases = new Releases(limits, workers, pools);
    Outcomes outcomes = new Outcomes(deliveries, recorder);
    this.endings = new Endings(workers, outcomes, dispatcher, recorder);
    this.adoptions =
        new Adoptions(settling, effects, workers, pools, outcomes, recorder, dispatcher);
    this.sessions = new Sessions(limits, pools, held, endings, adoptions, calls);
    this.submissions =
        new Submissions(limits, held, timeouts, adoptions, settling, dispatcher, counters, traces);
    this.registrations =
        new Registrations(
            limits, effects, workers, pools, endings, releases, adoptions, dispatcher);
    this.reports =
        new Reports(
            pools,
            recorder,
            outcomes,
            endings,
            dispatcher,
            releases,
            new ExecutorFailures(workers, endings, limits.startBan().toNanos()),
            counters);
    this.joins = new Joins(effects, explanations, calls);
    this.insight = new Insight(effects, workers, pools, explanations, history);
    this.outputPace = new OutputPace(workers);
  }

  /**
   * Begins a session. The id must be new.
   *
   * @param client for people
   * @param owner the identity that the session and its pools belong to
   */
  public void openSession(long nowNanos, String sessionId, String client, String owner) {
    sessions.open(sessionId, client, owner, nowNanos);
    counters.add(Count.SESSIONS_OPENED, 1);
  }

  /** Refuses somebody else's session as if there were none. */
  public void checkSession(Scope scope, String sessionId) {
    sessions.check(scope, sessionId);
  }

  /** Refuses somebody else's pool as if there were none. */
  public void checkPool(Scope scope, String poolId) {
    pools.check(scope, poolId);
  }

  /** A sign of life of a client. */
  public void keepAlive(long nowNanos, String sessionId) {
    sessions.hear(sessionId, nowNanos);
  }

  /** Ends a session; its pools are terminated. */
  public void closeSession(String sessionId) {
    sessions.close(sessionId);
  }

  /**
   * Creates a pool; no effect when the session has it already.
   *
   * @param resumed how far it had come on a coordinator that was lost; empty for a new pool
   */
  public void createPool(
      long nowNanos, String sessionId, String poolId, PoolSpec spec, ResumedPool resumed) {
    long before = pools.created();
    sessions.createPool(sessionId, poolId, spec, resumed, nowNanos);
    counters.add(Count.POOLS_CREATED, pools.created() - before);
  }

  /**
   * Takes tasks in, all of a request or none.
   *
   * @param placement where the payload of the request lies
   * @return what is to be answered: accepted or rejected
   */
  public SubmitResponse submit(
      long nowNanos, long call, SubmitRequest request, Placement placement) {
    Pool pool = pools.get(request.getPoolId());
    pool.session.hear(nowNanos);
    calls.add(call, pool.session);
    return submissions.submit(pool, request, placement, nowNanos);
  }

  /** The answer to a request that was found wrong before it came here. */
  public SubmitResponse reject(String poolId, Rejection rejection) {
    SubmitResponse.Builder response =
        SubmitResponse.newBuilder().setPoolId(poolId).setRejected(rejection);
    Pool pool = pools.find(poolId);
    return pool == null ? response.build() : response.setNextIndex(pool.queue.end()).build();
  }

  /** Begins to deliver what comes after the cursor to a call. */
  public void follow(long nowNanos, long call, String poolId, long cursor) {
    Pool pool = pools.get(poolId);
    if (cursor < 0 || cursor > pool.log.end()) {
      throw new Refusal(
          Refusal.Reason.INVALID_ARGUMENT,
          "cursor must be 0 to " + pool.log.end() + ", not " + Long.toUnsignedString(cursor));
    }
    pool.session.hear(nowNanos);
    // What was dealt with before a break may never have been acknowledged otherwise.
    pool.log.acknowledge(cursor);
    deliveries.follow(pool, call, cursor, nowNanos);
  }

  /** The peer of a call takes more. */
  public void resultsReady(long call) {
    deliveries.ready(call);
  }

  /** Forgets outcomes that the client has dealt with. */
  public void acknowledgeResults(long nowNanos, String poolId, long cursor) {
    Pool pool = pools.get(poolId);
    pool.session.hear(nowNanos);
    pool.log.acknowledge(Math.min(cursor, pool.log.end()));
    deliveries.touch(pool);
  }

  /** Lets a pool accept no more tasks. */
  public void closePool(long nowNanos, String poolId) {
    Pool pool = pools.get(poolId);
    pool.session.hear(nowNanos);
    if (pool.isRunning()) {
      pool.state = PoolStatus.State.STATE_CLOSE;
      deliveries.touch(pool);
    }
  }

  /** Ends a pool now. */
  public void terminatePool(long nowNanos, String poolId) {
    history.pass(nowNanos);
    Pool pool = pools.get(poolId);
    pool.session.hear(nowNanos);
    endings.terminate(pool, Failures.TERMINATED);
  }

  /** Answers a call when the pool has ended or the time is over, see {@link Effects#joined}. */
  public void joinPool(long nowNanos, long call, String poolId, long timeoutNanos) {
    Pool pool = pools.get(poolId);
    joins.add(pool, call, nowNanos + timeoutNanos);
    deliveries.touch(pool);
  }

  /** Cancels tasks; the result is those that are cancelled now. */
  public List<IndexRange> cancel(
      long nowNanos, String poolId, List<IndexRange> tasks, CancelMode mode) {
    history.pass(nowNanos);
    Pool pool = pools.get(poolId);
    pool.session.hear(nowNanos);
    return endings.cancel(pool, tasks, mode).toMessages();
  }

  /** Sends a signal to the processes of tasks; the result is to how many. */
  public long signal(long nowNanos, String poolId, List<IndexRange> tasks, int signal) {
    Pool pool = pools.get(poolId);
    pool.session.hear(nowNanos);
    return endings.signal(pool, tasks, signal);
  }

  /** Says what a task does or waits for. */
  public ExplainTaskResponse explain(long nowNanos, String poolId, long index) {
    return explanations.ofTask(pools.get(poolId), index, nowNanos);
  }

  /** A call that submits, follows or joins is no more. */
  public void callEnded(long nowNanos, long call) {
    deliveries.ended(call);
    joins.remove(call);
    insight.outputEnded(call);
    calls.remove(call, nowNanos);
  }

  /**
   * Takes a worker in, or back after a lost connection.
   *
   * @param link names the connection, and is the epoch of this registration
   * @param owner the identity whose worker it is
   * @param sequence of the message with the registration
   */
  public void attach(
      long nowNanos, long link, String owner, Register register, Registered answer, long sequence) {
    history.pass(nowNanos);
    registrations.attach(link, owner, register, answer, sequence, nowNanos);
    counters.add(Count.WORKERS_REGISTERED, 1);
  }

  /**
   * A message of a worker after its registration.
   *
   * @param placement where the payload of the message lies
   */
  public void report(long nowNanos, long link, AttachRequest message, Placement placement) {
    Worker worker = workers.at(link);
    if (worker == null) {
      return; // This connection was given up, and what came over it counts no more.
    }
    history.pass(nowNanos);
    registrations.heard(worker, nowNanos);
    workers.touch(worker).handled(message.getSequence());
    if (message.hasDraining()) {
      worker.draining = true;
      registrations.changed(worker);
    }
    reports.handle(worker, message, placement, nowNanos);
  }

  /** A sign of life of a worker whose message is still to come. */
  public void workerHeard(long nowNanos, long link) {
    Worker worker = workers.at(link);
    if (worker != null) {
      registrations.heard(worker, nowNanos);
    }
  }

  /** The stream of a worker takes more. */
  public void workerReady(long link) {
    registrations.ready(link);
  }

  /** The stream of a worker has ended. */
  public void workerDisconnected(long link) {
    registrations.disconnected(link);
  }

  /** Asks a worker to finish what it runs and leave. */
  public void drainWorker(String name, String reason) {
    Worker worker = workers.named(name);
    if (worker == null) {
      throw new Refusal(Refusal.Reason.NOT_FOUND, "name: there is no worker \"" + name + "\"");
    }
    worker.draining = true;
    worker.drainReason = reason;
    registrations.changed(worker);
    workers.touch(worker).drain(reason);
  }

  /** Lets time pass: to be called a few times a second. */
  public void tick(long nowNanos) {
    history.pass(nowNanos);
    insight.tick(nowNanos);
    counters.add(Count.WORKERS_LOST, registrations.checkLeases(nowNanos));
    adoptions.settle(nowNanos);
    sessions.expire(nowNanos);
    timeouts.expire(nowNanos, endings);
    joins.answerLate(nowNanos);
  }

  /**
   * Hands out tasks and sends everything that is to be sent. To be called after a batch of calls.
   */
  public void flush(long nowNanos) {
    history.pass(nowNanos);
    dispatcher.dispatch();
    while (deliveries.hasTouched()) {
      for (Pool pool : deliveries.takeTouched()) {
        release(pool, nowNanos);
        deliveries.deliver(pool, nowNanos);
        outputPace.tell(pool);
        joins.answerEnded(pool, nowNanos);
        sessions.settle(pool);
      }
    }
    insight.flush();
    workers.flush(effects);
  }

  private void release(Pool pool, long nowNanos) {
    if (pool.hasEnded() && !pool.released) {
      adoptions.arrived(pool);
      releases.release(pool, nowNanos);
    }
  }

  /** How many reports were refused so far, as they told of attempts that do not count. */
  public long refusedReports() {
    return counters.of(Count.REPORTS_REFUSED);
  }

  /** How much of the heap waiting tasks and kept results take, roughly. */
  public long heldBytes() {
    return held.heapBytes();
  }

  /** Shows tasks, and what happened lately. */
  public Insight insight() {
    return insight;
  }

  /** What has happened since the start. */
  public Totals totals() {
    return counters.read();
  }

  /** How much there is of everything; looks at every worker and every pool. */
  public Levels levels(long nowNanos) {
    return new Levels(
        Workforce.of(workers.all(), pools.all()),
        Workload.of(pools.all(), nowNanos),
        sessions.count(),
        held.heapBytes(),
        held.tasks());
  }

  /** A picture of the cluster, for people. */
  public StatusReport status(long nowNanos, long wallMillis) {
    return status(nowNanos, wallMillis, Scope.ALL);
  }

  /** The same with those pools only that somebody may see. */
  public StatusReport status(long nowNanos, long wallMillis, Scope scope) {
    return StatusReport.of(
        workers, pools, scope, sessions.count(), explanations, nowNanos, wallMillis);
  }

  /**
   * Checks that the parts of the state agree with one another.
   *
   * @throws IllegalStateException if they do not
   */
  public void checkInvariants() {
    new Invariants(workers, pools).check();
  }
}
