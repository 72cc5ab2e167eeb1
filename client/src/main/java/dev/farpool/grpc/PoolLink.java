package dev.farpool.grpc;

import dev.farpool.call.Definition;
import dev.farpool.core.Acceptances;
import dev.farpool.core.Futility;
import dev.farpool.core.LargeArgument;
import dev.farpool.core.Outcome;
import dev.farpool.core.PoolFunction;
import dev.farpool.core.Submissions;
import dev.farpool.core.TaskSink;
import dev.farpool.v1.Failure;
import dev.farpool.v1.OpenSessionResponse;
import dev.farpool.v1.PoolEnded;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.Rejection;
import dev.farpool.v1.TaskOptions;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/**
 * A pool on a cluster: takes tasks, delivers their outcomes, and keeps what is unfinished so that
 * it survives the loss of connections and coordinators. Thread-safe.
 *
 * <p>One lock guards {@link Submissions}; it is held for moments, never while something is sent or
 * delivered. Adding a task under it, rather than through a mailbox, saves an object for each task.
 */
public final class PoolLink {
  /** The number of the pool's initializer; those of its functions follow. */
  public static final int INITIALIZER_NUMBER = 1;

  private static final long ROOM_CHECK_MILLIS = 1000;

  private final SessionLink session;
  private final String id;
  private final PoolSpec spec;
  private final PoolListener listener;
  private final PoolFunctions functions;
  private final SubmitStream submit;
  private final ResultsStream results;
  private final PoolCalls calls;
  private final PoolHome home;
  private final Object lock = new Object();

  // Guarded by the lock.
  private final Submissions submissions;
  private final Acceptances<CompletableFuture<Boolean>> acceptances = new Acceptances<>();
  private final Futility futility = new Futility();
  private PoolEnded ended;

  PoolLink(SessionLink session, String id, PoolSpec spec, CodeShipper code, PoolListener listener) {
    this.session = session;
    this.id = id;
    this.spec = spec;
    this.listener = listener;
    this.functions = new PoolFunctions(session.blobs());
    this.submissions = new Submissions(spec.getProcesses());
    this.submit = new SubmitStream(this, session, submissions, lock);
    this.results = new ResultsStream(this, session, submissions, lock, listener);
    this.calls = new PoolCalls(this, session);
    this.home = new PoolHome(this, session, code, submit, results);
  }

  /** Where it lives. */
  PoolHome home() {
    return home;
  }

  /** Names the pool on every coordinator. */
  public String id() {
    return id;
  }

  /** What it is. */
  public PoolSpec spec() {
    return spec;
  }

  /** Questions and orders that are calls of their own. */
  public PoolCalls calls() {
    return calls;
  }

  /** The blobs of its cluster. */
  public BlobLink blobs() {
    return session.blobs();
  }

  /**
   * Adds a task; its arguments are copied. Waits while far too much is on its way, and while a
   * large argument is uploaded.
   *
   * @throws RejectedExecutionException if the thread is interrupted while it waits
   * @throws IllegalStateException if the pool has ended
   */
  public void submit(
      Definition definition, TaskOptions options, byte[] arguments, int length, TaskSink sink) {
    PoolFunction function = functions.of(definition);
    if (length > session.maxInlineBytes()) {
      LargeArgument large = functions.upload(arguments, length);
      synchronized (lock) {
        awaitRoom();
        submissions.add(function, options, large, sink);
      }
      submit.wake();
      return;
    }
    boolean wake;
    synchronized (lock) {
      awaitRoom();
      submissions.add(function, options, arguments, 0, length, sink);
      wake = submissions.ready();
    }
    if (wake) {
      submit.wake();
    } else {
      submit.wakeLater();
    }
  }

  private void awaitRoom() {
    while (ended == null && !submissions.hasRoom()) {
      try {
        lock.wait(ROOM_CHECK_MILLIS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new RejectedExecutionException(
            "interrupted while the pool was full: the coordinator is slow to take tasks",
            interrupted);
      }
    }
    if (ended != null) {
      throw new IllegalStateException("Pool not running");
    }
  }

  /** How many of its tasks have no outcome yet. */
  public long unfinished() {
    synchronized (lock) {
      return submissions.unfinished().tasks();
    }
  }

  /**
   * Runs something later, on a thread that must not wait; not at all once the session has ended.
   */
  public void later(Duration delay, Runnable task) {
    session.timers().after(delay, task);
  }

  /** Sends what has gathered; the pool is closed on the coordinator when all of it is there. */
  public void close() {
    submit.closeWhenDrained();
  }

  /** Sends what has gathered. */
  public void flush() {
    synchronized (lock) {
      submissions.flush();
    }
    submit.wake();
  }

  void wake() {
    submit.wake();
  }

  /**
   * Sends what has gathered, up to a task.
   *
   * @return whether the coordinator has it within a time, or the pool has ended
   */
  CompletionStage<Boolean> accepted(long index, Duration timeout) {
    flush();
    CompletableFuture<Boolean> accepted = new CompletableFuture<>();
    synchronized (lock) {
      if (ended != null || submissions.accepted(index)) {
        accepted.complete(true);
        return accepted;
      }
      acceptances.add(index, accepted);
    }
    Future<?> timer = session.timers().after(timeout, () -> accepted.complete(false));
    return accepted.whenComplete((done, never) -> timer.cancel(false));
  }

  /** The oldest request was accepted. */
  void accepted() {
    session.progress();
    List<CompletableFuture<Boolean>> reached;
    synchronized (lock) {
      submissions.acknowledge();
      futility.progress();
      reached = acceptances.below(submissions.acceptedIndex());
      lock.notifyAll();
    }
    reached.forEach(accepted -> accepted.complete(true));
  }

  /** Why a task is still here; empty if the coordinator has it, or will at once. */
  Optional<String> explainUnsent(long index) {
    Rejection held = submit.heldUp();
    synchronized (lock) {
      return held == null || submissions.accepted(index)
          ? Optional.empty()
          : Optional.of(
              "it waits in this program, as the coordinator does not take it yet: "
                  + Requests.text(held));
    }
  }

  /** Ends the pool here: whoever still waits gets this reason. Idempotent. */
  public void fail(String reason) {
    end(
        PoolEnded.newBuilder()
            .setHow(PoolEnded.How.HOW_TERMINATED)
            .setCause(
                Failure.newBuilder().setKind(Failure.Kind.KIND_POOL_TERMINATED).setMessage(reason))
            .build());
  }

  /** Nothing comes or goes any more, and nobody who waits is told. */
  void freeze() {
    submit.stop();
    results.stop();
  }

  void end(PoolEnded ended) {
    List<TaskSink> waiting;
    List<CompletableFuture<Boolean>> reached;
    synchronized (lock) {
      if (this.ended != null) {
        return;
      }
      this.ended = ended;
      waiting = submissions.end();
      reached = acceptances.below(Long.MAX_VALUE);
      lock.notifyAll();
    }
    freeze();
    session.remove(this);
    Outcome outcome = new Outcome.Failed(endFailure(ended));
    waiting.forEach(sink -> sink.accept(outcome));
    listener.ended(ended);
    reached.forEach(accepted -> accepted.complete(true));
  }

  private static Failure endFailure(PoolEnded ended) {
    if (ended.getHow() == PoolEnded.How.HOW_BROKEN) {
      return ended.getCause().toBuilder().setKind(Failure.Kind.KIND_POOL_BROKEN).build();
    }
    return ended.hasCause()
        ? ended.getCause()
        : Failure.newBuilder().setKind(Failure.Kind.KIND_POOL_TERMINATED).build();
  }

  boolean hasEnded() {
    synchronized (lock) {
      return ended != null;
    }
  }

  ResultsStream results() {
    return results;
  }

  /**
   * A message of the stream of results was dealt with.
   *
   * @return whether tasks can be sent now
   */
  boolean resultsCame() {
    session.progress();
    home.known();
    synchronized (lock) {
      futility.progress();
      submissions.resultsCame();
      return submissions.ready();
    }
  }

  /** One of its streams broke. */
  void broke(Status status) {
    if (Replies.permanent(status.getCode())) {
      fail("the coordinator at " + session.channels().peer() + " refuses: " + Replies.text(status));
      return;
    }
    if (futile()) {
      fail("its connection only breaks: " + Replies.text(status));
      session.dismissLater(id);
      return;
    }
    if (status.getCode() == Status.Code.NOT_FOUND) {
      home.unknown();
    }
    session.broken(Replies.text(status));
  }

  private boolean futile() {
    synchronized (lock) {
      return futility.broke(session.timers().nanoTime()) > session.patience().toNanos();
    }
  }

  /** Whether it follows a session and none of its streams is broken; or it has ended. */
  boolean whole(OpenSessionResponse current) {
    return hasEnded() || (home.isIn(current) && !submit.broken() && !results.broken());
  }

  /** Makes the pool follow a session that is there; completes when it does, or has ended. */
  CompletionStage<Void> mend(OpenSessionResponse current) {
    return home.mend(current);
  }

  /** What only a lost coordinator may have had. */
  List<LargeArgument> large() {
    List<LargeArgument> large = new ArrayList<>(functions.uploaded());
    synchronized (lock) {
      submissions.unfinished().addLargeArgumentsTo(large);
    }
    return large;
  }
}
