package dev.farpool.scale.client;

import dev.farpool.v1.AcknowledgeResultsRequest;
import dev.farpool.v1.AcknowledgeResultsResponse;
import dev.farpool.v1.PoolServiceGrpc;
import dev.farpool.v1.ResultsRequest;
import dev.farpool.v1.ResultsResponse;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/** Keeps one pool filled: for each result that comes a task goes. Belongs to one thread. */
final class PoolLoad {
  private final String poolId;
  private final long depth;
  private final PoolServiceGrpc.PoolServiceStub stub;
  private final Submitting submitting;
  private final Receipts receipts = new Receipts();
  private final Consumer<String> onBroken;
  private boolean filling = true;
  private boolean acknowledging;
  private long cursor;
  private long acknowledged;

  PoolLoad(
      String poolId,
      LoadPlan plan,
      Channel channel,
      ScheduledExecutorService thread,
      Consumer<String> onBroken) {
    this.poolId = poolId;
    this.depth = plan.depth();
    this.stub = PoolServiceGrpc.newStub(channel);
    this.submitting = new Submitting(poolId, plan, thread, onBroken);
    this.onBroken = onBroken;
    submitting.open(channel);
  }

  void begin() {
    stub.results(
        ResultsRequest.newBuilder().setPoolId(poolId).build(), answer(this::received, "results"));
    fill();
  }

  private void fill() {
    if (filling) {
      submitting.upTo(receipts.delivered() + depth);
    }
  }

  private void received(ResultsResponse message) {
    receipts.add(message);
    cursor = message.getCursor();
    acknowledge();
    fill();
  }

  private void acknowledge() {
    if (!acknowledging && cursor > acknowledged) {
      acknowledging = true;
      acknowledged = cursor;
      stub.acknowledgeResults(
          AcknowledgeResultsRequest.newBuilder().setPoolId(poolId).setCursor(cursor).build(),
          answer(this::acknowledged, "acknowledging"));
    }
  }

  private void acknowledged(AcknowledgeResultsResponse response) {
    acknowledging = false;
    acknowledge();
  }

  /** Submits no more. */
  void stop() {
    filling = false;
  }

  LoadFigures figures() {
    return new LoadFigures(
        submitting.accepted(),
        receipts.delivered(),
        receipts.twice(),
        receipts.failed(),
        submitting.refused());
  }

  private <T> StreamObserver<T> answer(Consumer<T> each, String what) {
    return new StreamObserver<>() {
      @Override
      public void onNext(T message) {
        each.accept(message);
      }

      @Override
      public void onError(Throwable broken) {
        onBroken.accept(what + " ended: " + broken);
      }

      @Override
      public void onCompleted() {}
    };
  }
}
