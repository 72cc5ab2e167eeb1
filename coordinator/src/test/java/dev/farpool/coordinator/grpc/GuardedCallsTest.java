package dev.farpool.coordinator.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.farpool.v1.KeepAliveRequest;
import dev.farpool.v1.KeepAliveResponse;
import dev.farpool.v1.PoolServiceGrpc;
import dev.farpool.v1.SubmitRequest;
import dev.farpool.v1.SubmitResponse;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Handlers that throw. */
@Timeout(10)
class GuardedCallsTest {
  private static final Logger LOG = (Logger) LoggerFactory.getLogger(GuardedCalls.class);

  private final Clumsy service = new Clumsy();
  private final AtomicReference<String> stopped = new AtomicReference<>();
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    LOG.setLevel(Level.OFF); // What is logged here is meant to be.
    String name = InProcessServerBuilder.generateName();
    server =
        InProcessServerBuilder.forName(name)
            .directExecutor()
            .addService(GuardedCalls.of(service, stopped::get))
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
  }

  @AfterEach
  void stop() {
    LOG.setLevel(null);
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void anExceptionOutOfAHandlerEndsThatCallOnly() {
    assertEquals(Status.Code.INTERNAL, keepAlive("clumsy").getCode());
    assertEquals(Status.Code.OK, keepAlive("fine").getCode());
  }

  private Status keepAlive(String session) {
    KeepAliveRequest request = KeepAliveRequest.newBuilder().setSessionId(session).build();
    try {
      assertTrue(PoolServiceGrpc.newBlockingStub(channel).keepAlive(request).isInitialized());
      return Status.OK;
    } catch (StatusRuntimeException failed) {
      return failed.getStatus();
    }
  }

  @Test
  void aStreamWhoseHandlerThrowsEndsAndTheServiceIsToldOnce() {
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    StreamObserver<SubmitRequest> submits =
        PoolServiceGrpc.newStub(channel).submit(new Failing(ended));

    submits.onNext(SubmitRequest.getDefaultInstance());

    assertEquals(Status.Code.INTERNAL, Status.fromThrowable(ended.join()).getCode());
    assertEquals(1, service.cancelled);
    service.responses.onNext(SubmitResponse.getDefaultInstance()); // Late, and passed over.
  }

  @Test
  void noCallIsServedOnceTheCoordinatorHasStopped() {
    stopped.set("the coordinator has failed");

    Status refused = keepAlive("fine");

    assertEquals(Status.Code.UNAVAILABLE, refused.getCode());
    assertEquals("the coordinator has failed", refused.getDescription());
    assertThrows(StatusRuntimeException.class, this::submitOnce);
  }

  private void submitOnce() throws StatusRuntimeException {
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    PoolServiceGrpc.newStub(channel).submit(new Failing(ended));
    throw (StatusRuntimeException) ended.join();
  }

  /** A service with a weakness. */
  private static final class Clumsy extends PoolServiceGrpc.PoolServiceImplBase {
    private int cancelled;
    private StreamObserver<SubmitResponse> responses;

    @Override
    public void keepAlive(KeepAliveRequest request, StreamObserver<KeepAliveResponse> call) {
      if (request.getSessionId().equals("clumsy")) {
        throw new IllegalStateException("planted");
      }
      call.onNext(KeepAliveResponse.getDefaultInstance());
      call.onCompleted();
    }

    @Override
    public StreamObserver<SubmitRequest> submit(StreamObserver<SubmitResponse> call) {
      responses = call;
      ((ServerCallStreamObserver<SubmitResponse>) call).setOnCancelHandler(() -> cancelled++);
      return new StreamObserver<>() {
        @Override
        public void onNext(SubmitRequest request) {
          throw new IllegalStateException("planted");
        }

        @Override
        public void onError(Throwable broken) {
          // The cancel handler is told as well.
        }

        @Override
        public void onCompleted() {
          call.onCompleted();
        }
      };
    }
  }

  /** Waits for the failure of a call. */
  private record Failing(CompletableFuture<Throwable> ended)
      implements StreamObserver<SubmitResponse> {
    @Override
    public void onNext(SubmitResponse response) {
      ended.completeExceptionally(new AssertionError("answered"));
    }

    @Override
    public void onError(Throwable failure) {
      ended.complete(failure);
    }

    @Override
    public void onCompleted() {
      ended.completeExceptionally(new AssertionError("completed"));
    }
  }
}
