package dev.farpool.scale.client;

import com.google.protobuf.ByteString;
import dev.farpool.common.Durations;
import dev.farpool.v1.FunctionDefinition;
import dev.farpool.v1.JavaCalls;
import dev.farpool.v1.PoolServiceGrpc;
import dev.farpool.v1.Rejection;
import dev.farpool.v1.SubmitRequest;
import dev.farpool.v1.SubmitResponse;
import dev.farpool.v1.TaskBatch;
import io.grpc.Channel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.Collections;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The submitting side of one pool: batches of equal calls, a few messages on their way. What is
 * refused for want of room is sent again when the coordinator says. Belongs to one thread.
 */
final class Submitting implements ClientResponseObserver<SubmitRequest, SubmitResponse> {
  private static final int WINDOW = 4;
  private static final int HASH_BYTES = 32;
  private static final FunctionDefinition FUNCTION =
      FunctionDefinition.newBuilder()
          .setNumber(1)
          .setSha256(ByteString.copyFrom(new byte[HASH_BYTES]))
          .setInline(ByteString.EMPTY)
          .build();

  private final String poolId;
  private final int batch;
  private final JavaCalls calls;
  private final ScheduledExecutorService thread;
  private final Consumer<String> onBroken;
  private ClientCallStreamObserver<SubmitRequest> stream;
  private long target;
  private long next;
  private long accepted;
  private long refused;
  private int onTheirWay;
  private boolean paused;

  Submitting(
      String poolId, LoadPlan plan, ScheduledExecutorService thread, Consumer<String> onBroken) {
    this.poolId = poolId;
    this.batch = plan.batch();
    this.calls =
        JavaCalls.newBuilder()
            .setFunction(1)
            .addAllSizes(Collections.nCopies(batch, plan.payload()))
            .setArguments(ByteString.copyFrom(new byte[batch * plan.payload()]))
            .build();
    this.thread = thread;
    this.onBroken = onBroken;
  }

  void open(Channel channel) {
    PoolServiceGrpc.newStub(channel).submit(this);
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<SubmitRequest> requests) {
    stream = requests;
    requests.setOnReadyHandler(this::send);
  }

  /** Submits until so many tasks were submitted, in whole batches. */
  void upTo(long tasks) {
    target = Math.max(target, tasks);
    send();
  }

  long accepted() {
    return accepted;
  }

  /** Requests that were refused for want of room. */
  long refused() {
    return refused;
  }

  private void send() {
    while (!paused && onTheirWay < WINDOW && next + batch <= target && stream.isReady()) {
      SubmitRequest.Builder request = SubmitRequest.newBuilder().setPoolId(poolId);
      if (next == 0) {
        request.addFunctions(FUNCTION);
      }
      request.addBatches(TaskBatch.newBuilder().setFirstIndex(next).setJava(calls));
      next += batch;
      onTheirWay++;
      stream.onNext(request.build());
    }
  }

  @Override
  public void onNext(SubmitResponse response) {
    onTheirWay--;
    accepted = response.getNextIndex();
    if (response.hasRejected()) {
      rejected(response.getRejected());
    }
    send();
  }

  /** What was sent behind a refused request is refused as well, and goes again after it. */
  private void rejected(Rejection rejection) {
    if (rejection.getReason() == Rejection.Reason.REASON_OVERLOADED) {
      refused++;
      paused = true;
      long pause = Durations.nanos(rejection.getRetryAfter());
      thread.schedule(this::again, Math.max(1, pause), TimeUnit.NANOSECONDS);
    } else if (!paused) {
      onBroken.accept("a submit was rejected: " + rejection.getMessage());
    }
  }

  private void again() {
    if (onTheirWay == 0) {
      paused = false;
      next = accepted;
      send();
    } else {
      thread.schedule(this::again, 1, TimeUnit.MILLISECONDS);
    }
  }

  void complete() {
    stream.onCompleted();
  }

  @Override
  public void onError(Throwable broken) {
    onBroken.accept("submitting ended: " + broken);
  }

  @Override
  public void onCompleted() {}
}
