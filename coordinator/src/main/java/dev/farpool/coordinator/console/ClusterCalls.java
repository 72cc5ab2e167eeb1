package dev.farpool.coordinator.console;

import dev.farpool.common.security.BearerToken;
import dev.farpool.v1.CancelTasksRequest;
import dev.farpool.v1.CancelTasksResponse;
import dev.farpool.v1.ClusterServiceGrpc;
import dev.farpool.v1.ClusterServiceGrpc.ClusterServiceBlockingStub;
import dev.farpool.v1.DrainWorkerRequest;
import dev.farpool.v1.GetActivityRequest;
import dev.farpool.v1.GetActivityResponse;
import dev.farpool.v1.GetStatusRequest;
import dev.farpool.v1.GetStatusResponse;
import dev.farpool.v1.GetTaskRequest;
import dev.farpool.v1.GetTaskResponse;
import dev.farpool.v1.ListTasksRequest;
import dev.farpool.v1.ListTasksResponse;
import dev.farpool.v1.PoolServiceGrpc;
import dev.farpool.v1.PoolServiceGrpc.PoolServiceBlockingStub;
import dev.farpool.v1.TerminatePoolRequest;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Asks the coordinator, as the caller of the console. However many look, what they look at is asked
 * for once a second. Thread-safe; blocks for as long as the coordinator takes, at most a few
 * seconds.
 */
final class ClusterCalls {
  private static final int PATIENCE_SECONDS = 3;

  private final ClusterServiceBlockingStub cluster;
  private final PoolServiceBlockingStub pools;
  private final Recent recent;

  ClusterCalls(Channel channel, LongSupplier nanoTime) {
    this.cluster = ClusterServiceGrpc.newBlockingStub(channel);
    this.pools = PoolServiceGrpc.newBlockingStub(channel);
    this.recent = new Recent(nanoTime);
  }

  GetStatusResponse status(HttpRequest caller) {
    GetStatusRequest all = GetStatusRequest.getDefaultInstance();
    return recent.get(all, () -> ask(() -> as(caller, cluster).getStatus(all)));
  }

  /** With all intervals. */
  GetActivityResponse activity(HttpRequest caller) {
    GetActivityRequest all = GetActivityRequest.getDefaultInstance();
    return recent.get(all, () -> ask(() -> as(caller, cluster).getActivity(all)));
  }

  ListTasksResponse tasks(HttpRequest caller, ListTasksRequest request) {
    return recent.get(request, () -> ask(() -> as(caller, cluster).listTasks(request)));
  }

  GetTaskResponse task(HttpRequest caller, GetTaskRequest request) {
    return recent.get(request, () -> ask(() -> as(caller, cluster).getTask(request)));
  }

  void drain(HttpRequest caller, DrainWorkerRequest request) {
    ask(() -> as(caller, cluster).drainWorker(request));
  }

  CancelTasksResponse cancel(HttpRequest caller, CancelTasksRequest request) {
    return ask(() -> as(caller, pools).cancelTasks(request));
  }

  void terminate(HttpRequest caller, TerminatePoolRequest request) {
    ask(() -> as(caller, pools).terminatePool(request));
  }

  private static <S extends AbstractStub<S>> S as(HttpRequest caller, S stub) {
    S patient = stub.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (caller.token().isEmpty()) {
      return patient;
    }
    Metadata headers = new Metadata();
    headers.put(BearerToken.HEADER, BearerToken.header(caller.token()));
    return patient.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static <A> A ask(Supplier<A> call) {
    try {
      return call.get();
    } catch (StatusRuntimeException failed) {
      throw refusal(failed);
    }
  }

  private static HttpRefusal refusal(StatusRuntimeException failed) {
    String text = failed.getStatus().getDescription();
    return switch (failed.getStatus().getCode()) {
      case NOT_FOUND -> new HttpRefusal(HttpRefusal.NOT_FOUND, text);
      case INVALID_ARGUMENT -> new HttpRefusal(HttpRefusal.BAD_REQUEST, text);
      case FAILED_PRECONDITION, ALREADY_EXISTS -> new HttpRefusal(HttpRefusal.CONFLICT, text);
      case UNAUTHENTICATED -> new HttpRefusal(HttpRefusal.UNAUTHORIZED, text);
      case PERMISSION_DENIED -> new HttpRefusal(HttpRefusal.FORBIDDEN, text);
      case UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED ->
          new HttpRefusal(HttpRefusal.UNAVAILABLE, "the coordinator does not answer: " + text);
      default -> throw failed;
    };
  }
}
