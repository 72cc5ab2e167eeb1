package dev.farpool.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.common.HostPort;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The limits of the transport are for floods, not for a client with many pools that ends. */
@Timeout(30)
class CancelStormTest {
  private static final int CALLS = 1_000;

  @TempDir Path directory;

  @Test
  void aClientThatCancelsAllItsCallsAtOnceKeepsItsConnection() throws Exception {
    CoordinatorConfig config =
        CoordinatorConfig.of(directory).withListen(new HostPort("127.0.0.1", 0));
    try (CoordinatorServer server = CoordinatorServer.start(config)) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress("127.0.0.1", server.address().port())
              .usePlaintext()
              .build();
      try {
        Collected<HealthCheckResponse> bystander = new Collected<>();
        HealthGrpc.newStub(channel).watch(HealthCheckRequest.getDefaultInstance(), bystander);
        assertEquals(ServingStatus.SERVING, bystander.take().getStatus());

        openAndCancel(channel);

        HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance());
        assertTrue(bystander.errors.isEmpty(), bystander.errors::toString);
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private static void openAndCancel(ManagedChannel channel) throws InterruptedException {
    CountDownLatch answered = new CountDownLatch(CALLS);
    List<ClientCall<?, ?>> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      ClientCall<HealthCheckRequest, HealthCheckResponse> call =
          channel.newCall(HealthGrpc.getWatchMethod(), CallOptions.DEFAULT);
      call.start(
          new ClientCall.Listener<>() {
            @Override
            public void onMessage(HealthCheckResponse answer) {
              answered.countDown();
            }
          },
          new Metadata());
      call.request(1);
      call.sendMessage(HealthCheckRequest.getDefaultInstance());
      call.halfClose();
      calls.add(call);
    }
    assertTrue(answered.await(20, TimeUnit.SECONDS), "all calls are open");
    calls.forEach(call -> call.cancel("all at once", null));
  }
}
