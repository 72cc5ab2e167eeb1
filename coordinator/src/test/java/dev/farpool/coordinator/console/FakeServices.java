package dev.farpool.coordinator.console;

import dev.farpool.v1.CancelTasksRequest;
import dev.farpool.v1.CancelTasksResponse;
import dev.farpool.v1.ClusterServiceGrpc.ClusterServiceImplBase;
import dev.farpool.v1.DrainWorkerRequest;
import dev.farpool.v1.DrainWorkerResponse;
import dev.farpool.v1.GetActivityRequest;
import dev.farpool.v1.GetActivityResponse;
import dev.farpool.v1.GetStatusRequest;
import dev.farpool.v1.GetStatusResponse;
import dev.farpool.v1.GetTaskRequest;
import dev.farpool.v1.GetTaskResponse;
import dev.farpool.v1.ListTasksRequest;
import dev.farpool.v1.ListTasksResponse;
import dev.farpool.v1.PoolServiceGrpc.PoolServiceImplBase;
import dev.farpool.v1.TerminatePoolRequest;
import dev.farpool.v1.TerminatePoolResponse;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A coordinator's services that tell what they are given to tell, and keep what they are asked. */
final class FakeServices implements AutoCloseable {
  volatile GetStatusResponse status = GetStatusResponse.getDefaultInstance();
  volatile GetActivityResponse activity = GetActivityResponse.getDefaultInstance();
  volatile ListTasksResponse tasks = ListTasksResponse.getDefaultInstance();
  volatile GetTaskResponse task = GetTaskResponse.getDefaultInstance();
  volatile Status failure = Status.OK;

  /** Every request but those for the status and the activity. */
  final List<Object> asked = new CopyOnWriteArrayList<>();

  final AtomicInteger statusAsked = new AtomicInteger();
  final ManagedChannel channel;
  private final Server server;

  FakeServices() throws IOException {
    String name = InProcessServerBuilder.generateName();
    server =
        InProcessServerBuilder.forName(name)
            .directExecutor()
            .addService(new Cluster())
            .addService(new Pools())
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
  }

  private <A> void answer(StreamObserver<A> call, A answer) {
    if (failure.isOk()) {
      call.onNext(answer);
      call.onCompleted();
    } else {
      call.onError(failure.asRuntimeException());
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  private final class Cluster extends ClusterServiceImplBase {
    @Override
    public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> call) {
      statusAsked.incrementAndGet();
      answer(call, status);
    }

    @Override
    public void getActivity(GetActivityRequest request, StreamObserver<GetActivityResponse> call) {
      answer(call, activity);
    }

    @Override
    public void listTasks(ListTasksRequest request, StreamObserver<ListTasksResponse> call) {
      asked.add(request);
      answer(call, tasks);
    }

    @Override
    public void getTask(GetTaskRequest request, StreamObserver<GetTaskResponse> call) {
      asked.add(request);
      answer(call, task);
    }

    @Override
    public void drainWorker(DrainWorkerRequest request, StreamObserver<DrainWorkerResponse> call) {
      asked.add(request);
      answer(call, DrainWorkerResponse.getDefaultInstance());
    }
  }

  private final class Pools extends PoolServiceImplBase {
    @Override
    public void cancelTasks(CancelTasksRequest request, StreamObserver<CancelTasksResponse> call) {
      asked.add(request);
      answer(call, CancelTasksResponse.getDefaultInstance());
    }

    @Override
    public void terminatePool(
        TerminatePoolRequest request, StreamObserver<TerminatePoolResponse> call) {
      asked.add(request);
      answer(call, TerminatePoolResponse.getDefaultInstance());
    }
  }
}
