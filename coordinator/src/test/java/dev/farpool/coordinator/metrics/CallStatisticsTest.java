package dev.farpool.coordinator.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.coordinator.metrics.CallStatistics.Ended;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CallStatisticsTest {
  private static final String CHECK = "grpc.health.v1.Health/Check";

  private final CallStatistics calls = new CallStatistics(() -> 0L);
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    server =
        InProcessServerBuilder.forName("calls")
            .addStreamTracerFactory(calls)
            .addService(new HealthStatusManager().getHealthService())
            .build()
            .start();
    channel = InProcessChannelBuilder.forName("calls").build();
  }

  @AfterEach
  void stop() throws InterruptedException {
    channel.shutdownNow();
    server.shutdownNow();
    assertTrue(server.awaitTermination(5, TimeUnit.SECONDS));
  }

  @Test
  void callsAreCountedByMethodAndCode() throws InterruptedException {
    HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(channel);
    health.check(HealthCheckRequest.getDefaultInstance());
    health.check(HealthCheckRequest.getDefaultInstance());
    refused(() -> health.check(HealthCheckRequest.newBuilder().setService("none").build()));

    assertEquals(
        Map.of(new Ended(CHECK, Status.Code.OK), 2L, new Ended(CHECK, Status.Code.NOT_FOUND), 1L),
        ended());
    assertEquals(0, calls.open());
  }

  @Test
  void methodsThatThereAreNotAreOne() throws InterruptedException {
    refused(() -> call("any.Service/Method"));
    refused(() -> call("any.Service/Other"));

    assertEquals(Map.of(new Ended("unknown", Status.Code.UNIMPLEMENTED), 2L), ended());
  }

  private void call(String method) {
    MethodDescriptor<HealthCheckRequest, HealthCheckResponse> descriptor =
        HealthGrpc.getCheckMethod().toBuilder().setFullMethodName(method).build();
    ClientCalls.blockingUnaryCall(
        channel, descriptor, CallOptions.DEFAULT, HealthCheckRequest.getDefaultInstance());
  }

  private static void refused(Runnable call) {
    assertThrows(StatusRuntimeException.class, call::run);
  }

  /** How many calls of each kind there were, once all have ended on the server, too. */
  private Map<Ended, Long> ended() throws InterruptedException {
    channel.shutdown();
    server.shutdown();
    assertTrue(server.awaitTermination(5, TimeUnit.SECONDS));
    Map<Ended, Long> counts = new TreeMap<>(Ended.ORDER);
    calls
        .durations()
        .forEach((ended, times) -> counts.put(ended, Arrays.stream(times.counts()).sum()));
    return counts;
  }
}
