package dev.farpool.worker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.google.protobuf.ByteString;
import dev.farpool.common.trace.TraceContexts;
import dev.farpool.executor.frame.OutcomeKind;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.ExitStatus;
import dev.farpool.v1.Failure;
import dev.farpool.v1.JavaCalls;
import dev.farpool.v1.PoolReleased;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.StartAttempts;
import dev.farpool.v1.TaskBatch;
import dev.farpool.v1.TraceContext;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the agent tells of traced attempts. */
class TracesTest extends AgentFixture {
  private static final TraceContext SAMPLED = context("01");

  private static TraceContext context(String flags) {
    return TraceContext.newBuilder()
        .setTraceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-" + flags)
        .build();
  }

  @BeforeEach
  void attach() {
    attach("c");
    open(1, PoolSpec.newBuilder().setName("sums"));
  }

  private void start(int count, TraceContext trace) {
    JavaCalls.Builder calls = JavaCalls.newBuilder().setFunction(1);
    for (int i = 0; i < count; i++) {
      calls.addSizes(0);
    }
    receive(
        AttachResponse.newBuilder()
            .addStart(
                StartAttempts.newBuilder()
                    .setPool(1)
                    .setSlots(1)
                    .setAttempt(2)
                    .setBatch(TaskBatch.newBuilder().setJava(calls).setTrace(trace))));
    ready(1);
  }

  /** What was told since the last call, one line each. */
  private List<String> told() {
    List<String> lines = new ArrayList<>();
    for (RunSpan span : spans) {
      String line = span.index() + "#" + span.attempt() + " pid " + span.pid();
      line += " " + (span.endNanos() - span.startNanos()) / MILLI + " ms";
      if (span.result() != null) {
        line += " " + span.result().getOutcomeCase();
      }
      lines.add(line);
    }
    spans.clear();
    return lines;
  }

  @Test
  void aRunToAResultIsToldWithItsTime() {
    start(1, SAMPLED);
    now += 9 * MILLI;
    finish(1, 0, 1, 7 * MILLI);

    RunSpan run = spans.get(0);
    assertEquals(SAMPLED, run.parent());
    assertEquals("sums", run.poolName());
    assertEquals(now, run.endNanos());
    assertEquals(List.of("0#2 pid 101 7 ms"), told());
  }

  @Test
  void eachTaskIsToldItsOwnSpan() {
    TraceContext first = TraceContexts.withSpan(SAMPLED, 1);

    TaskRun run =
        Batch.of(
                TaskBatch.newBuilder()
                    .setJava(JavaCalls.newBuilder().addSizes(0).addSizes(0))
                    .setTrace(SAMPLED)
                    .build(),
                1,
                ByteString.EMPTY,
                new BatchTrace(SAMPLED, new long[] {1, 2}))
            .whole();

    assertEquals(first, run.trace());
    assertEquals(TraceContexts.withSpan(SAMPLED, 2), run.tail(1).trace());
    assertEquals(1, run.together());
  }

  @Test
  void whatIsNotRecordedIsHandedOnInOnePiece() {
    TaskRun run =
        Batch.of(
                TaskBatch.newBuilder()
                    .setJava(JavaCalls.newBuilder().addSizes(0).addSizes(0))
                    .build(),
                1,
                ByteString.EMPTY,
                new BatchTrace(SAMPLED, null))
            .whole();

    assertEquals(SAMPLED, run.trace());
    assertEquals(2, run.together());
  }

  @Test
  void tasksThatRunOneAfterTheOtherAreToldEach() {
    start(2, SAMPLED);
    now += 20 * MILLI;
    finish(1, 0, 1, 20 * MILLI);
    now += 10 * MILLI;
    finish(1, 1, 1, 10 * MILLI);

    assertEquals(List.of("0#2 pid 101 20 ms", "1#2 pid 101 10 ms"), told());
  }

  @Test
  void failuresAndExitsAreTold() {
    start(2, SAMPLED);
    Failure failure = Failure.newBuilder().setKind(Failure.Kind.KIND_EXCEPTION).build();
    agent.outcome(1, MILLI, 0, OutcomeKind.FAILURE, failure.toByteString(), now);
    agent.settle(now);
    ExitStatus exit = ExitStatus.newBuilder().setCode(3).build();
    agent.outcome(1, MILLI, 1, OutcomeKind.EXIT, exit.toByteString(), now);
    agent.settle(now);

    assertEquals(List.of("0#2 pid 101 1 ms FAILURE", "1#2 pid 101 1 ms EXIT"), told());
  }

  @Test
  void aRunThatEndsWithItsExecutorIsTold() {
    start(1, SAMPLED);
    now += 5 * MILLI;
    gone(1, 1, 0);

    Failure.Kind kind = spans.get(0).result().getFailure().getKind();
    assertEquals(Failure.Kind.KIND_PROCESS_DIED, kind);
    assertEquals(List.of("0#2 pid 101 5 ms FAILURE"), told());
  }

  @Test
  void aRunThatEndsWithItsPoolIsTold() {
    start(1, SAMPLED);
    receive(
        AttachResponse.newBuilder()
            .addReleased(PoolReleased.newBuilder().setPool(1).setKill(true)));
    gone(1, 1, 0);

    Failure.Kind kind = spans.get(0).result().getFailure().getKind();
    assertEquals(Failure.Kind.KIND_POOL_TERMINATED, kind);
  }

  @Test
  void whatIsNotSampledIsNotTold() {
    start(1, context("00"));
    finish(1, 0, 1, MILLI);

    assertEquals(List.of(), told());
  }

  @Test
  void whatIsNoTraceIsNone() {
    Traces traces = new Traces(null);
    TraceContext nonsense = TraceContext.newBuilder().setTraceparent("nonsense").build();

    assertNull(traces.of(TaskBatch.newBuilder().setTrace(nonsense).build(), 1));
    assertNull(traces.of(TaskBatch.getDefaultInstance(), 1));
  }
}
