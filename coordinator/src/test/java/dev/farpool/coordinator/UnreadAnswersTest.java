package dev.farpool.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.v1.PoolServiceGrpc;
import dev.farpool.v1.SubmitRequest;
import dev.farpool.v1.SubmitResponse;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client that submits and submits, and reads none of the answers. */
@Timeout(20)
class UnreadAnswersTest {
  private static final int MANY = 10_000;

  @TempDir Path blobs;
  private final AtomicInteger answers = new AtomicInteger();
  private Coordinator coordinator;
  private Server server;
  private ManagedChannel channel;
  private ClientCall<SubmitRequest, SubmitResponse> call;

  @BeforeEach
  void connect() throws IOException {
    coordinator = Coordinator.create(CoordinatorConfig.of(blobs));
    InProcessServerBuilder builder = InProcessServerBuilder.forName(blobs.toString());
    coordinator.services().forEach(builder::addService);
    server = builder.directExecutor().build().start();
    channel = InProcessChannelBuilder.forName(blobs.toString()).directExecutor().build();
    call = channel.newCall(PoolServiceGrpc.getSubmitMethod(), CallOptions.DEFAULT);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(SubmitResponse answer) {
            answers.incrementAndGet();
          }
        },
        new Metadata());
  }

  @AfterEach
  void disconnect() {
    channel.shutdownNow();
    coordinator.close();
    server.shutdownNow();
  }

  private int sendWhileTaken(int most) {
    int sent = 0;
    for (; call.isReady() && sent < most; sent++) {
      call.sendMessage(SubmitRequest.newBuilder().setPoolId("none").build());
    }
    return sent;
  }

  @Test
  void whoReadsNoAnswersIsReadNoFurther() {
    int sent = sendWhileTaken(MANY);

    assertTrue(sent < 100, sent + " requests were taken although no answer is read");
  }

  @Test
  void whoReadsAgainIsReadAgain() {
    int sent = sendWhileTaken(MANY);

    call.request(MANY);

    assertEquals(sent, answers.get());
    assertEquals(MANY - sent, sendWhileTaken(MANY - sent));
    assertEquals(MANY, answers.get());
  }
}
