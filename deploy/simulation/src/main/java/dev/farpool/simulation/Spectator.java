package dev.farpool.simulation;

import dev.farpool.simulation.net.SimChannel;
import dev.farpool.simulation.time.Timeline;
import dev.farpool.v1.ClusterServiceGrpc;
import dev.farpool.v1.ExplainTaskRequest;
import dev.farpool.v1.ExplainTaskResponse;
import dev.farpool.v1.GetStatusRequest;
import dev.farpool.v1.GetStatusResponse;
import dev.farpool.v1.PoolServiceGrpc;
import io.grpc.stub.StreamObserver;
import java.util.function.Consumer;

/** Somebody who asks the coordinator, over a network where nothing goes wrong. */
final class Spectator {
  private static final long SECOND = 1_000_000_000L;

  private final SimChannel channel;
  private final Timeline timeline;

  Spectator(Cluster cluster, Timeline timeline) {
    this.channel = cluster.spectator();
    this.timeline = timeline;
  }

  /** What the coordinator says of a task. */
  String explain(String pool, long index) {
    ExplainTaskRequest request =
        ExplainTaskRequest.newBuilder().setPoolId(pool).setIndex(index).build();
    Answer<ExplainTaskResponse> answer =
        ask(reply -> PoolServiceGrpc.newStub(channel).explainTask(request, reply));
    return answer.value == null
        ? String.valueOf(answer.failed)
        : answer.value.getState() + ", " + answer.value.getExplanation();
  }

  /** What the cluster is doing; null if nobody answers. */
  GetStatusResponse status() {
    return this.<GetStatusResponse>ask(
            reply ->
                ClusterServiceGrpc.newStub(channel)
                    .getStatus(GetStatusRequest.getDefaultInstance(), reply))
        .value;
  }

  private <T> Answer<T> ask(Consumer<StreamObserver<T>> call) {
    Answer<T> answer = new Answer<>();
    call.accept(answer);
    long until = timeline.now() + 2 * SECOND;
    boolean more = true;
    while (more && answer.value == null && answer.failed == null) {
      more = timeline.step(until);
    }
    return answer;
  }

  private static final class Answer<T> implements StreamObserver<T> {
    private T value;
    private Throwable failed;

    @Override
    public void onNext(T message) {
      value = message;
    }

    @Override
    public void onError(Throwable thrown) {
      failed = thrown;
    }

    @Override
    public void onCompleted() {
      // The answer was all there is.
    }
  }
}
