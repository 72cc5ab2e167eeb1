package dev.farpool.worker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.farpool.executor.frame.OutcomeKind;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.AttemptsFinished;
import dev.farpool.v1.BlobRef;
import dev.farpool.v1.Failure.Kind;
import dev.farpool.v1.Heartbeat;
import dev.farpool.v1.OutputTaken;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.RunningAttempt;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told to the coordinator, and when. */
class AgentReportTest extends AgentFixture {
  @Test
  void nothingIsSentWhileTheStreamTakesNothing() {
    attach("c");
    open(1, PoolSpec.newBuilder());
    start(1, 2, 0, 2);
    ready(1, 2);
    effects.takeSent();
    effects.writable = false;

    finish(1, 0, 1, SECOND);
    finish(2, 1, 1, SECOND);

    assertEquals(1, effects.takeSent().size());
    effects.writable = true;
    agent.writable();
    agent.settle(now);
    assertEquals(1, effects.takeSent().size());
  }

  @Test
  void executorsThatPrintTooFastAreNotHeardUntilTheOutputIsGone() {
    attach("c");
    openBusy(1);
    effects.writable = false;
    agent.output(1, 0, 1, false, ByteString.copyFromUtf8("x"));
    agent.settle(now);
    effects.take();

    agent.output(1, 0, 1, false, ByteString.copyFrom(new byte[2 << 20]));
    assertEquals(List.of("ignore 1"), effects.take());
    effects.writable = true;
    agent.writable();
    agent.settle(now);

    assertEquals(List.of("listen to 1"), effects.take());
  }

  @Test
  void pacedOutputGoesAsFarAsItsWindowAndHoldsUpNoOtherPool() {
    connect();
    receive(
        AttachResponse.newBuilder()
            .setRegistered(registered("c").toBuilder().setOutputWindow(1000)));
    open(1, PoolSpec.newBuilder().setPacedOutput(true));
    start(1, 1, 0, 1);
    open(2, PoolSpec.newBuilder());
    start(2, 1, 0, 1);
    ready(1, 2);
    effects.takeSent();
    for (int i = 0; i < 3; i++) {
      agent.output(1, 0, 1, false, ByteString.copyFrom(new byte[600]));
    }
    finish(1, 0, 1, SECOND);
    agent.output(2, 0, 1, false, ByteString.copyFrom(new byte[5000]));
    finish(2, 0, 1, SECOND);

    List<AttachRequest> sent = effects.takeSent();
    assertEquals(1200, printed(sent, 1));
    assertEquals(5000, printed(sent, 2));
    assertEquals(List.of(2L), finished(sent));
    receive(
        AttachResponse.newBuilder()
            .addOutputTaken(OutputTaken.newBuilder().setPool(1).setBytes(600)));

    sent = effects.takeSent();
    assertEquals(600, printed(sent, 1));
    assertEquals(List.of(1L), finished(sent));
  }

  @Test
  void pacedOutputIsKeptHoweverMuchCameBeforeItsExecutorWasHeldUp() {
    attach("c");
    open(1, PoolSpec.newBuilder().setPacedOutput(true));
    start(1, 1, 0, 1);
    ready(1);
    effects.takeSent();
    for (int i = 0; i < 6; i++) {
      agent.output(1, 0, 1, false, ByteString.copyFrom(new byte[1 << 20]));
    }

    for (int i = 0; i < 6; i++) {
      agent.settle(now);
    }

    assertEquals(6L << 20, printed(effects.takeSent(), 1));
  }

  private static long printed(List<AttachRequest> sent, long pool) {
    return sent.stream()
        .flatMap(message -> message.getOutputList().stream())
        .filter(output -> output.getPool() == pool)
        .mapToLong(output -> output.getOutput().getData().size())
        .sum();
  }

  private static List<Long> finished(List<AttachRequest> sent) {
    return sent.stream()
        .flatMap(message -> message.getFinishedList().stream())
        .map(AttemptsFinished::getPool)
        .toList();
  }

  @Test
  void executorsRunOnWithoutACoordinatorUnlessTheirOutputIsPaced() {
    attach("c");
    open(1, PoolSpec.newBuilder());
    start(1, 1, 0, 1);
    open(2, PoolSpec.newBuilder().setPacedOutput(true));
    start(2, 1, 0, 1);
    ready(1, 2);
    agent.closed();
    effects.take();

    agent.output(1, 0, 1, false, ByteString.copyFrom(new byte[2 << 20]));
    agent.output(2, 0, 1, false, ByteString.copyFrom(new byte[2 << 20]));

    assertEquals(List.of("ignore 2"), effects.take());
  }

  @Test
  void largeResultsAreStoredBeforeTheyAreTold() {
    attach("c");
    openBusy(1);

    agent.results(1, SECOND, 0, new int[] {2000}, ByteString.copyFrom(new byte[2000]), now);
    agent.settle(now);

    assertEquals(List.of("upload 1 of 2000"), effects.take());
    assertEquals(List.of(), effects.takeSent());
    agent.uploaded(1, dev.farpool.v1.BlobRef.newBuilder().setSize(2000).build());
    agent.settle(now);
    assertEquals(2000, effects.takeSent().get(0).getFinished(0).getResults(0).getBlob().getSize());
  }

  @Test
  void whatAnotherCoordinatorStoredIsStoredAgain() {
    attach("c");
    openBusy(1);
    agent.results(1, SECOND, 0, new int[] {2000}, ByteString.copyFrom(new byte[2000]), now);
    agent.uploaded(1, BlobRef.newBuilder().setSize(2000).build());
    agent.settle(now);
    agent.closed();
    effects.take();

    attach("d", pool(1, PoolSpec.newBuilder()));

    assertEquals(List.of("upload 2 of 2000"), effects.take());
    assertEquals(0, effects.takeSent().get(0).getFinishedCount());
    agent.uploaded(2, BlobRef.newBuilder().setSize(2000).build());
    agent.settle(now);
    assertEquals(2000, effects.takeSent().get(0).getFinished(0).getResults(0).getBlob().getSize());
  }

  @Test
  void aResultThatCannotBeBroughtToTheCoordinatorIsALostAttempt() {
    attach("c");
    openBusy(2);
    agent.results(1, SECOND, 0, new int[] {2000}, ByteString.copyFrom(new byte[2000]), now);
    agent.results(2, SECOND, 1, new int[] {2000}, ByteString.copyFrom(new byte[2000]), now);
    agent.uploadLost(1, "nobody there");
    agent.uploadFailed(2, "refused");
    agent.settle(now);

    AttachRequest told = effects.takeSent().get(0);
    assertEquals(Kind.KIND_PROCESS_DIED, told.getFinished(0).getResults(0).getFailure().getKind());
    assertEquals(
        Kind.KIND_RESULT_TOO_LARGE, told.getFinished(1).getResults(0).getFailure().getKind());
  }

  @Test
  void aHeartbeatTellsOfTasksThatHaveBeenRunningForAWhile() {
    attach("c");
    openBusy(2);
    now += RunningAttempts.LEAST_NANOS;
    finish(2, 1, 1, MILLI);
    start(1, 2, 7, 1);
    effects.takeSent();

    pass(SECOND * 2 - MILLI);
    Heartbeat first = heartbeat();
    start(1, 2, 8, 1);

    assertEquals(2, first.getRunningCount());
    RunningAttempt longest = first.getRunning(0);
    assertEquals(1, longest.getPool());
    assertEquals(0, longest.getIndex());
    assertEquals(1, longest.getAttempt());
    assertEquals(101, longest.getPid());
    assertTrue(longest.getElapsedNanos() > first.getRunning(1).getElapsedNanos());
  }

  @Test
  void aHeartbeatTellsNothingOfTasksThatHaveJustBegun() {
    attach("c");
    openBusy(1);
    pass(2 * SECOND);
    effects.takeSent();
    pass(2 * SECOND - MILLI);
    finish(1, 0, 1, SECOND);
    start(1, 1, 1, 1);
    effects.takeSent();

    pass(MILLI);

    assertEquals(0, heartbeat().getRunningCount());
  }

  private Heartbeat heartbeat() {
    return effects.takeSent().stream()
        .filter(AttachRequest::hasHeartbeat)
        .findFirst()
        .orElseThrow()
        .getHeartbeat();
  }

  @Test
  void howLongTasksRanIsToldWithTheirOutcome() {
    attach("c");
    openBusy(2);
    finish(1, 0, 1, 3 * SECOND);
    assertEquals(3 * SECOND, effects.takeSent().get(0).getFinished(0).getRanNanos());

    agent.outcome(2, SECOND, 1, OutcomeKind.FAILURE, ByteString.EMPTY, now);
    agent.settle(now);

    assertEquals(SECOND, effects.takeSent().get(0).getFinished(0).getRanNanos());
  }

  @Test
  void outcomesWaitOnlyForWhatWasPrintedBefore() {
    attach("c");
    openBusy(2);
    effects.writable = false;
    ByteString flood = ByteString.copyFrom(new byte[1 << 20]);
    agent.output(1, 0, 1, false, flood);
    agent.output(1, 0, 1, false, flood);
    finish(2, 1, 1, SECOND);
    assertEquals(0, effects.takeSent().get(0).getFinishedCount());
    agent.output(1, 0, 1, false, flood);
    agent.output(1, 0, 1, false, flood);

    agent.writable();
    agent.settle(now);

    assertEquals(1, effects.takeSent().get(0).getFinishedCount());
  }
}
