package dev.farpool.browser;

import dev.farpool.common.HostPort;
import dev.farpool.coordinator.console.ConsoleConfig;
import dev.farpool.coordinator.console.ConsoleServer;
import dev.farpool.v1.ClusterServiceGrpc.ClusterServiceImplBase;
import dev.farpool.v1.GetActivityRequest;
import dev.farpool.v1.GetActivityResponse;
import dev.farpool.v1.GetStatusRequest;
import dev.farpool.v1.GetStatusResponse;
import dev.farpool.v1.GetTaskRequest;
import dev.farpool.v1.GetTaskResponse;
import dev.farpool.v1.ListTasksRequest;
import dev.farpool.v1.ListTasksResponse;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;

/** A console of a cluster that is only said to be there. Thread-safe. */
public final class StagedCluster implements AutoCloseable {
  private static final HostPort COORDINATOR = new HostPort("127.0.0.1", 7400);

  private final Server services;
  private final ManagedChannel channel;
  private volatile ConsoleServer console;

  private volatile GetStatusResponse status = GetStatusResponse.getDefaultInstance();
  private volatile GetActivityResponse activity = GetActivityResponse.getDefaultInstance();
  private volatile ListTasksResponse tasks = ListTasksResponse.getDefaultInstance();
  private volatile GetTaskResponse task = GetTaskResponse.getDefaultInstance();

  /** Begins to serve it on a free port. */
  public StagedCluster() throws IOException {
    String name = InProcessServerBuilder.generateName();
    services = InProcessServerBuilder.forName(name).directExecutor().addService(new Told()).build();
    services.start();
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    listen(new HostPort("127.0.0.1", 0));
  }

  private void listen(HostPort address) throws IOException {
    console =
        ConsoleServer.start(ConsoleConfig.open(address), channel, COORDINATOR, System::nanoTime);
  }

  /** Says something else from now on. */
  public void say(
      GetStatusResponse newStatus, GetActivityResponse newActivity, ListTasksResponse newTasks) {
    status = newStatus;
    activity = newActivity;
    tasks = newTasks;
  }

  /** Says this of every task. */
  public void say(GetTaskResponse newTask) {
    task = newTask;
  }

  /** Where the console is. */
  public String url() {
    return console.url();
  }

  /** Hangs up on the browser. */
  public void vanish() {
    console.close();
  }

  /** Is there again, where it was. */
  public void comeBack() throws IOException {
    listen(console.address());
  }

  @Override
  public void close() {
    console.close();
    channel.shutdownNow();
    services.shutdownNow();
  }

  private final class Told extends ClusterServiceImplBase {
    @Override
    public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> call) {
      answer(call, status);
    }

    @Override
    public void getActivity(GetActivityRequest request, StreamObserver<GetActivityResponse> call) {
      answer(call, activity);
    }

    @Override
    public void listTasks(ListTasksRequest request, StreamObserver<ListTasksResponse> call) {
      answer(call, tasks);
    }

    @Override
    public void getTask(GetTaskRequest request, StreamObserver<GetTaskResponse> call) {
      answer(call, task);
    }

    private static <A> void answer(StreamObserver<A> call, A answer) {
      call.onNext(answer);
      call.onCompleted();
    }
  }
}
