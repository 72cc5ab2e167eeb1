package dev.farpool.cli;

import dev.farpool.v1.ClusterServiceGrpc.ClusterServiceImplBase;
import dev.farpool.v1.GetStatusRequest;
import dev.farpool.v1.GetStatusResponse;
import dev.farpool.v1.ListTasksRequest;
import dev.farpool.v1.ListTasksResponse;
import dev.farpool.v1.PoolStatus;
import dev.farpool.v1.ReadTaskOutputRequest;
import dev.farpool.v1.ReadTaskOutputResponse;
import dev.farpool.v1.TaskStatus;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;

/** A coordinator with one pool that is there, and tasks to be listed, two on a page at most. */
final class TaskCluster extends ClusterServiceImplBase {
  private static final int PAGE = 2;

  final List<ListTasksRequest> lists = new ArrayList<>();
  final List<ReadTaskOutputRequest> reads = new ArrayList<>();
  private final List<TaskStatus> tasks;
  private final ReadTaskOutputResponse output;

  TaskCluster(List<TaskStatus> tasks, ReadTaskOutputResponse output) {
    this.tasks = tasks;
    this.output = output;
  }

  @Override
  public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> call) {
    call.onNext(
        GetStatusResponse.newBuilder()
            .addPools(PoolStatus.newBuilder().setPoolId("cccc0000-3").setName("nightly"))
            .build());
    call.onCompleted();
  }

  @Override
  public void listTasks(ListTasksRequest request, StreamObserver<ListTasksResponse> call) {
    lists.add(request);
    int from = request.getCursor().isEmpty() ? 0 : Integer.parseInt(request.getCursor());
    int to = Math.min(tasks.size(), from + Math.min(PAGE, request.getPageSize()));
    call.onNext(
        ListTasksResponse.newBuilder()
            .addAllTasks(tasks.subList(from, to))
            .setNextCursor(to < tasks.size() ? Integer.toString(to) : "")
            .setWaiting(12)
            .setRunning(3)
            .build());
    call.onCompleted();
  }

  @Override
  public void readTaskOutput(
      ReadTaskOutputRequest request, StreamObserver<ReadTaskOutputResponse> call) {
    reads.add(request);
    call.onNext(output);
    call.onCompleted();
  }
}
