package dev.farpool.grpc;

import com.google.protobuf.UnsafeByteOperations;
import dev.farpool.call.Definition;
import dev.farpool.core.Outcome;
import dev.farpool.core.PoolFunction;
import dev.farpool.core.Submissions;
import dev.farpool.core.TaskSink;
import dev.farpool.v1.BlobRef;
import dev.farpool.v1.CreatePoolRequest;
import dev.farpool.v1.Failure;
import dev.farpool.v1.FunctionDefinition;
import dev.farpool.v1.PoolEnded;
import dev.farpool.v1.PoolMode;
import dev.farpool.v1.PoolServiceGrpc;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.TaskOptions;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

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

  private static final int FIRST_NUMBER = INITIALIZER_NUMBER + 1;
  private static final int MAX_INLINE_DEFINITION = 1 << 20;
  private static final long ROOM_CHECK_MILLIS = 1000;

  private final Object lock = new Object();
  private final SessionLink session;
  private final PoolSpec spec;
  private final CodeShipper code;
  private final PoolListener listener;
  private final Submissions submissions;
  private final Map<Definition, PoolFunction> functions = new HashMap<>();
  private final SubmitStream submit;
  private final ResultsStream results;
  private final PoolCalls calls;
  private volatile String poolId;
  private volatile boolean lost;
  private PoolEnded ended;

  PoolLink(SessionLink session, PoolSpec spec, CodeShipper code, PoolListener listener) {
    this.session = session;
    this.spec = spec;
    this.code = code;
    this.listener = listener;
    this.submissions = new Submissions(spec.getProcesses());
    this.submit = new SubmitStream(this, session, submissions, lock);
    this.results = new ResultsStream(this, session, submissions, lock, listener);
    this.calls = new PoolCalls(this, session);
  }

  /** Creates the pool; with the same id, as often as it takes. */
  void create(String sessionId, String id) {
    PoolServiceGrpc.newBlockingStub(session.channels().control())
        .withDeadlineAfter(SessionLink.UNARY_SECONDS, TimeUnit.SECONDS)
        .createPool(
            CreatePoolRequest.newBuilder()
                .setSessionId(sessionId)
                .setPoolId(id)
                .setSpec(spec)
                .build());
    poolId = id;
    results.open();
  }

  /** Names the pool on the coordinator; another one after its restart. */
  public String id() {
    return poolId;
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
   * Adds a task; its arguments are copied. Waits while far too much is on its way.
   *
   * @throws RejectedExecutionException if the thread is interrupted while it waits
   * @throws IllegalStateException if the pool has ended
   */
  public void submit(
      Definition definition, TaskOptions options, byte[] arguments, int length, TaskSink sink) {
    PoolFunction function = function(definition);
    if (length > session.maxInlineBytes()) {
      BlobRef blob = upload(arguments, length);
      synchronized (lock) {
        awaitRoom();
        submissions.add(function, options, blob, sink);
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

  private PoolFunction function(Definition definition) {
    synchronized (lock) {
      PoolFunction known = functions.get(definition);
      if (known != null) {
        return known;
      }
    }
    FunctionDefinition.Builder message =
        FunctionDefinition.newBuilder()
            .setSha256(UnsafeByteOperations.unsafeWrap(definition.sha256()));
    if (definition.bytes().length > MAX_INLINE_DEFINITION) {
      message.setBlob(upload(definition.bytes(), definition.bytes().length));
    } else {
      message.setInline(UnsafeByteOperations.unsafeWrap(definition.bytes()));
    }
    synchronized (lock) {
      return functions.computeIfAbsent(
          definition,
          absent -> new PoolFunction(message.setNumber(FIRST_NUMBER + functions.size()).build()));
    }
  }

  private BlobRef upload(byte[] bytes, int length) {
    byte[] exact = length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    try {
      return session.blobs().upload(exact);
    } catch (IOException refused) {
      throw new RejectedExecutionException(
          "a large argument could not be uploaded: " + refused.getMessage(), refused);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new RejectedExecutionException(
          "interrupted while a large argument was uploaded", interrupted);
    }
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
   * Waits until the coordinator has a task.
   *
   * @return whether it has it, or the pool has ended
   */
  boolean awaitAccepted(long index, long nanos) throws InterruptedException {
    flush();
    long deadline = System.nanoTime() + nanos;
    synchronized (lock) {
      while (ended == null && !submissions.accepted(index)) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        TimeUnit.NANOSECONDS.timedWait(lock, left);
      }
      return true;
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
    synchronized (lock) {
      if (this.ended != null) {
        return;
      }
      this.ended = ended;
      waiting = submissions.end();
      lock.notifyAll();
    }
    freeze();
    session.remove(this);
    Outcome outcome = new Outcome.Failed(endFailure(ended));
    waiting.forEach(sink -> sink.accept(outcome));
    listener.ended(ended);
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

  boolean broken() {
    return !hasEnded() && (submit.broken() || results.broken());
  }

  boolean lost() {
    return lost;
  }

  /** The coordinator does not know the pool any more. */
  void lose() {
    lost = true;
  }

  /** Opens broken streams again, where they broke. */
  void resume() {
    if (results.broken()) {
      results.open();
    }
    submit.resume();
  }

  /** Makes the pool anew on another coordinator, and submits again what is unfinished. */
  void restart(String sessionId) throws IOException, InterruptedException {
    code.ship(session.blobs(), session.channels());
    submit.stopUntilResumed();
    results.restart();
    List<TaskSink> abandoned;
    synchronized (lock) {
      boolean once =
          spec.getMode() == PoolMode.POOL_MODE_PROCESSES || spec.getOptions().getAtMostOnce();
      abandoned = submissions.restart(once);
      lock.notifyAll();
    }
    Outcome outcome = new Outcome.Failed(ABANDONED);
    abandoned.forEach(sink -> sink.accept(outcome));
    create(sessionId, UUID.randomUUID().toString());
    lost = false;
    submit.resume();
  }

  private static final Failure ABANDONED =
      Failure.newBuilder()
          .setKind(Failure.Kind.KIND_WORKER_LOST)
          .setMessage(
              "the coordinator was lost while the task may have been running, and the task must"
                  + " not be started a second time")
          .build();
}
