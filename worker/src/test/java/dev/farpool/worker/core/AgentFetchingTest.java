package dev.farpool.worker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.BlobRef;
import dev.farpool.v1.CancelMode;
import dev.farpool.v1.Failure.Kind;
import dev.farpool.v1.FunctionDefinition;
import dev.farpool.v1.FunctionsDefined;
import dev.farpool.v1.Initializer;
import dev.farpool.v1.JavaCalls;
import dev.farpool.v1.PoolReleased;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.RecallAttempts;
import dev.farpool.v1.StopAttempts;
import dev.farpool.v1.TaskOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tasks whose argument or function is a blob. */
class AgentFetchingTest extends AgentFixture {
  private static final BlobRef BLOB = BlobRef.newBuilder().setSize(5).build();

  private void define(long pool, int number) {
    FunctionDefinition function =
        FunctionDefinition.newBuilder().setNumber(number).setBlob(BLOB).build();
    receive(
        AttachResponse.newBuilder()
            .addFunctions(FunctionsDefined.newBuilder().setPool(pool).addFunctions(function)));
  }

  private void startWithBlob(long first) {
    JavaCalls.Builder calls = JavaCalls.newBuilder().setFunction(1).setArgumentBlob(BLOB);
    start(1, 1, first, calls, TaskOptions.newBuilder());
  }

  @Test
  void aBlobIsFetchedOnceForAllThatNeedIt() {
    attach("c");
    open(1, PoolSpec.newBuilder());
    startWithBlob(0);
    startWithBlob(1);
    assertEquals(List.of("fetchBlob 5"), effects.take());

    agent.blobReady(BLOB, ByteString.copyFromUtf8("12345"));
    agent.settle(now);
    ready(1);
    assertEquals(
        List.of("start 1 for p1", "setUp 1", "define 1 at 1", "run 0..0 at 1"), effects.take());
  }

  @Test
  void aFunctionWhoseFirstPoolEndedIsFetchedForTheNext() {
    attach("c");
    open(1, PoolSpec.newBuilder());
    define(1, 2);
    receive(AttachResponse.newBuilder().addReleased(PoolReleased.newBuilder().setPool(1)));
    agent.blobReady(BLOB, ByteString.copyFromUtf8("12345"));
    effects.take();

    open(2, PoolSpec.newBuilder());
    define(2, 2);
    assertEquals(List.of("fetchBlob 5"), effects.take());
    start(2, 1, 0, JavaCalls.newBuilder().setFunction(2).addSizes(0), TaskOptions.newBuilder());
    assertEquals(List.of(), effects.take());
    agent.blobReady(BLOB, ByteString.copyFromUtf8("12345"));
    agent.settle(now);

    assertEquals(List.of("start 1 for p2"), effects.take());
  }

  @Test
  void whatCannotBeFetchedNowGoesBackWithTheReasonAndIsTriedAgain() {
    attach("c");
    open(1, PoolSpec.newBuilder());
    startWithBlob(0);
    effects.take();
    effects.takeSent();

    agent.blobUnavailable(BLOB, "No space left on device");
    agent.settle(now);

    AttachRequest told = effects.takeSent().get(0);
    assertEquals(0, told.getReturned(0).getIndexes(0));
    assertEquals(0, told.getFinishedCount());
    String reason = told.getFailed(0).getFailure().getMessage();
    assertTrue(reason.contains("No space left on device"), reason);
    startWithBlob(0);
    assertEquals(List.of("fetchBlob 5"), effects.take());
  }

  @Test
  void withoutItsInitializerAPoolsTasksGoBack() {
    attach("c");
    FunctionDefinition function = FunctionDefinition.newBuilder().setBlob(BLOB).build();
    open(1, PoolSpec.newBuilder().setInitializer(Initializer.newBuilder().setFunction(function)));
    start(1, 1, 0, 1);
    effects.takeSent();

    agent.blobFailed(BLOB, "is nowhere");
    agent.settle(now);

    AttachRequest told = effects.takeSent().get(0);
    assertEquals(0, told.getReturned(0).getIndexes(0));
    assertTrue(told.getFailed(0).getFailure().getMessage().contains("is nowhere"));
    start(1, 1, 0, 1);
    assertEquals(List.of("fetchBlob 5"), effects.take());
  }

  @Test
  void tasksThatWaitForABlobCanBeCancelledAndGivenBack() {
    attach("c");
    open(1, PoolSpec.newBuilder());
    startWithBlob(0);
    startWithBlob(1);
    startWithBlob(2);
    effects.takeSent();

    StopAttempts cancel =
        StopAttempts.newBuilder()
            .setPool(1)
            .addTasks(range(0, 1))
            .setCancel(CancelMode.CANCEL_MODE_QUEUED_ONLY)
            .build();
    receive(AttachResponse.newBuilder().addStop(cancel));
    AttachRequest told = effects.takeSent().get(0);
    assertEquals(Kind.KIND_CANCELLED, told.getFinished(0).getResults(0).getFailure().getKind());
    receive(
        AttachResponse.newBuilder()
            .addRecall(RecallAttempts.newBuilder().setPool(1).addTasks(range(1, 1))));
    assertEquals(List.of(1L), effects.takeSent().get(0).getReturned(0).getIndexesList());
    agent.drain("test");
    agent.settle(now);
    assertEquals(List.of(2L), effects.takeSent().get(0).getReturned(0).getIndexesList());
  }
}
