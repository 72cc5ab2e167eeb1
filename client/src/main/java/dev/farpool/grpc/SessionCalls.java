package dev.farpool.grpc;

import dev.farpool.v1.AcknowledgeResultsRequest;
import dev.farpool.v1.AcknowledgeResultsResponse;
import dev.farpool.v1.CloseSessionRequest;
import dev.farpool.v1.CloseSessionResponse;
import dev.farpool.v1.ClusterServiceGrpc;
import dev.farpool.v1.CreatePoolRequest;
import dev.farpool.v1.CreatePoolResponse;
import dev.farpool.v1.GetStatusRequest;
import dev.farpool.v1.GetStatusResponse;
import dev.farpool.v1.KeepAliveRequest;
import dev.farpool.v1.KeepAliveResponse;
import dev.farpool.v1.PoolServiceGrpc;
import dev.farpool.v1.PoolServiceGrpc.PoolServiceStub;
import dev.farpool.v1.TerminatePoolRequest;
import dev.farpool.v1.TerminatePoolResponse;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The unary calls that make up the life of a session and its pools, each with its deadline. */
final class SessionCalls {
  static final long USUAL_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Channels channels;

  SessionCalls(Channels channels) {
    this.channels = channels;
  }

  private PoolServiceStub stub(long nanos) {
    return PoolServiceGrpc.newStub(channels.control())
        .withDeadlineAfter(nanos, TimeUnit.NANOSECONDS);
  }

  CompletableFuture<KeepAliveResponse> keepAlive(String session, long nanos) {
    KeepAliveRequest request = KeepAliveRequest.newBuilder().setSessionId(session).build();
    return Replies.to(
        (StreamObserver<KeepAliveResponse> reply) -> stub(nanos).keepAlive(request, reply));
  }

  CompletableFuture<CloseSessionResponse> closeSession(String session) {
    CloseSessionRequest request = CloseSessionRequest.newBuilder().setSessionId(session).build();
    return Replies.to(
        (StreamObserver<CloseSessionResponse> reply) ->
            stub(CLOSE_NANOS).closeSession(request, reply));
  }

  CompletableFuture<CreatePoolResponse> createPool(CreatePoolRequest request, long nanos) {
    return Replies.to(
        (StreamObserver<CreatePoolResponse> reply) -> stub(nanos).createPool(request, reply));
  }

  CompletableFuture<TerminatePoolResponse> terminatePool(String pool) {
    TerminatePoolRequest request = TerminatePoolRequest.newBuilder().setPoolId(pool).build();
    return Replies.to(
        (StreamObserver<TerminatePoolResponse> reply) ->
            stub(USUAL_NANOS).terminatePool(request, reply));
  }

  /** Ends a pool whose outcomes nobody will read: the coordinator has nothing to keep for it. */
  CompletionStage<AcknowledgeResultsResponse> dismissPool(String pool) {
    return terminatePool(pool).thenCompose(ended -> acknowledgeResults(pool, Long.MAX_VALUE));
  }

  CompletableFuture<AcknowledgeResultsResponse> acknowledgeResults(String pool, long cursor) {
    AcknowledgeResultsRequest request =
        AcknowledgeResultsRequest.newBuilder().setPoolId(pool).setCursor(cursor).build();
    return Replies.to(
        (StreamObserver<AcknowledgeResultsResponse> reply) ->
            stub(USUAL_NANOS).acknowledgeResults(request, reply));
  }

  CompletableFuture<GetStatusResponse> status() {
    return Replies.to(
        (StreamObserver<GetStatusResponse> reply) ->
            ClusterServiceGrpc.newStub(channels.control())
                .withDeadlineAfter(USUAL_NANOS, TimeUnit.NANOSECONDS)
                .getStatus(GetStatusRequest.getDefaultInstance(), reply));
  }
}
