package dev.farpool.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.farpool.common.Protocol;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.AttemptsFinished;
import dev.farpool.v1.Command;
import dev.farpool.v1.Commands;
import dev.farpool.v1.CreatePoolRequest;
import dev.farpool.v1.Credit;
import dev.farpool.v1.Failure;
import dev.farpool.v1.FunctionDefinition;
import dev.farpool.v1.JavaCalls;
import dev.farpool.v1.OpenSessionRequest;
import dev.farpool.v1.PoolServiceGrpc;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.Rejection;
import dev.farpool.v1.ResultBlock;
import dev.farpool.v1.ResultsRequest;
import dev.farpool.v1.ResultsResponse;
import dev.farpool.v1.StartAttempts;
import dev.farpool.v1.SubmitRequest;
import dev.farpool.v1.SubmitResponse;
import dev.farpool.v1.TaskBatch;
import dev.farpool.v1.TaskResult;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More tasks and results than the heap may hold. */
@Timeout(60)
class BoundedMemoryTest {
  private static final int BATCHES = 100;
  private static final int TASKS = 2048;
  private static final int TASK_BYTES = 1024;
  private static final long BUDGET = 4L << 20;

  @TempDir private Path directory;
  private Coordinator coordinator;
  private Server server;
  private ManagedChannel channel;
  private PoolServiceGrpc.PoolServiceBlockingStub pools;

  private void start(SpillConfig spill, long maxHeldBytes) throws IOException {
    CoordinatorConfig config = CoordinatorConfig.of(directory).withSpill(spill);
    coordinator =
        Coordinator.create(config.withLimits(config.limits().withMaxHeldBytes(maxHeldBytes)));
    InProcessServerBuilder builder = InProcessServerBuilder.forName(directory.toString());
    coordinator.services().forEach((BindableService service) -> builder.addService(service));
    server = builder.directExecutor().build().start();
    channel = InProcessChannelBuilder.forName(directory.toString()).directExecutor().build();
    pools = PoolServiceGrpc.newBlockingStub(channel);
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    coordinator.close();
    server.shutdownNow();
  }

  private SpillConfig spill(long maxBytes) {
    return new SpillConfig(directory.resolve("spill"), BUDGET, maxBytes);
  }

  private String createPool() {
    String session =
        pools
            .openSession(OpenSessionRequest.newBuilder().setProtocol(Protocol.RANGE).build())
            .getSessionId();
    return pools
        .createPool(
            CreatePoolRequest.newBuilder()
                .setSessionId(session)
                .setSpec(PoolSpec.newBuilder().setProcesses(2))
                .build())
        .getPoolId();
  }

  private static SubmitRequest request(String pool, int batch) {
    byte[] arguments = new byte[TASKS * TASK_BYTES];
    Arrays.fill(arguments, (byte) batch);
    JavaCalls.Builder calls = JavaCalls.newBuilder().setFunction(1);
    for (int i = 0; i < TASKS; i++) {
      calls.addSizes(TASK_BYTES);
    }
    calls.setArguments(ByteString.copyFrom(arguments));
    return SubmitRequest.newBuilder()
        .setPoolId(pool)
        .addFunctions(
            FunctionDefinition.newBuilder()
                .setNumber(1)
                .setSha256(ByteString.copyFrom(new byte[32]))
                .setInline(ByteString.EMPTY))
        .addBatches(TaskBatch.newBuilder().setFirstIndex((long) batch * TASKS).setJava(calls))
        .build();
  }

  @Test
  void payloadAboveTheBudgetGoesToDiskAndComesBackIntactAndInOrder()
      throws IOException, InterruptedException {
    start(spill(1L << 30), 1L << 30);
    String pool = createPool();
    Collected<SubmitResponse> answers = new Collected<>();
    StreamObserver<SubmitRequest> submits = PoolServiceGrpc.newStub(channel).submit(answers);
    for (int batch = 0; batch < BATCHES; batch++) {
      submits.onNext(request(pool, batch));
      assertEquals((batch + 1L) * TASKS, answers.take().getNextIndex());
    }
    submits.onCompleted();
    assertTrue(coordinator.loop().heldBytes() < 32 << 20, "held: " + held());

    runAll();

    assertTrue(coordinator.loop().heldBytes() < 32 << 20, "held: " + held());
    checkResults(pools.results(ResultsRequest.newBuilder().setPoolId(pool).build()));
  }

  private String held() {
    return coordinator.loop().heldBytes() + " bytes";
  }

  /** A worker that returns its arguments. */
  private void runAll() throws InterruptedException {
    StubWorker worker = new StubWorker(channel);
    worker.send(AttachRequest.newBuilder().setRegister(StubWorker.registration("w1")));
    long done = 0;
    boolean asked = false;
    while (done < (long) BATCHES * TASKS) {
      AttachResponse message = worker.received.take();
      AttachRequest.Builder report = AttachRequest.newBuilder();
      for (StartAttempts start : message.getStartList()) {
        report.addFinished(StubWorker.echo(start));
        done += start.getBatch().getJava().getSizesCount();
        if (!asked) {
          asked = true;
          report.addCredits(Credit.newBuilder().setPool(start.getPool()).setPrefetchPerSlot(4096));
        }
      }
      if (report.getFinishedCount() > 0) {
        worker.send(report);
      }
    }
    worker.leave();
  }

  private static void checkResults(Iterator<ResultsResponse> results) {
    long next = 0;
    while (next < (long) BATCHES * TASKS) {
      for (ResultBlock block : results.next().getBlocksList()) {
        for (int i = 0; i < block.getIndexesCount(); i++) {
          assertEquals(next, block.getIndexes(i));
          ByteString value = block.getValues().substring(i * TASK_BYTES, (i + 1) * TASK_BYTES);
          byte expected = (byte) (next / TASKS);
          assertEquals(expected, value.byteAt(0));
          assertEquals(expected, value.byteAt(TASK_BYTES - 1));
          next++;
        }
      }
    }
  }

  @Test
  void commandsAndFailuresComeBackFromDiskAsTheyWere() throws IOException, InterruptedException {
    start(new SpillConfig(directory.resolve("spill"), 0, 1L << 30), 1L << 30);
    String pool = createPool();
    Commands.Builder commands = Commands.newBuilder();
    for (int i = 0; i < 200; i++) {
      commands.addCommands(Command.newBuilder().addArgv("echo").addArgv("x".repeat(i)));
    }
    Collected<SubmitResponse> answers = new Collected<>();
    StreamObserver<SubmitRequest> submits = PoolServiceGrpc.newStub(channel).submit(answers);
    submits.onNext(
        SubmitRequest.newBuilder()
            .setPoolId(pool)
            .addBatches(TaskBatch.newBuilder().setCommands(commands))
            .build());
    assertEquals(200, answers.take().getNextIndex());
    StubWorker worker = new StubWorker(channel);
    worker.send(AttachRequest.newBuilder().setRegister(StubWorker.registration("w1").setCores(1)));
    worker.received.take();
    StartAttempts start = worker.received.take().getStart(0);
    assertEquals(commands.getCommandsList().subList(0, 1), commands(start));
    Failure failure =
        Failure.newBuilder()
            .setKind(Failure.Kind.KIND_COMMAND_NOT_STARTED)
            .setStackTrace("at ".repeat(5000))
            .build();

    worker.send(
        AttachRequest.newBuilder()
            .addCredits(Credit.newBuilder().setPool(start.getPool()).setPrefetchPerSlot(50))
            .addFinished(
                AttemptsFinished.newBuilder()
                    .setPool(start.getPool())
                    .addResults(TaskResult.newBuilder().setFailure(failure))));

    StartAttempts more = worker.received.take().getStart(0);
    long first = more.getBatch().getFirstIndex();
    int count = more.getBatch().getCommands().getCommandsCount();
    assertEquals(
        commands.getCommandsList().subList((int) first, (int) first + count), commands(more));
    TaskResult result =
        pools.results(ResultsRequest.newBuilder().setPoolId(pool).build()).next().getResults(0);
    assertEquals(failure.toBuilder().setAttempts(1).build(), result.getFailure());
  }

  private static List<Command> commands(StartAttempts start) {
    return start.getBatch().getCommands().getCommandsList();
  }

  @Test
  void whenDiskAndHeapAreFullTasksAreRefusedWithTheReasonAndNoneIsLost()
      throws IOException, InterruptedException {
    start(spill(0), 16 << 20);
    String pool = createPool();
    Collected<SubmitResponse> answers = new Collected<>();
    StreamObserver<SubmitRequest> submits = PoolServiceGrpc.newStub(channel).submit(answers);
    SubmitResponse answer = SubmitResponse.getDefaultInstance();
    int batch = 0;
    for (; !answer.hasRejected(); batch++) {
      submits.onNext(request(pool, batch));
      answer = answers.take();
    }

    assertEquals(Rejection.Reason.REASON_OVERLOADED, answer.getRejected().getReason());
    assertTrue(answer.getRejected().hasRetryAfter());
    String message = answer.getRejected().getMessage();
    assertTrue(message.contains("the disk is full: the 0 bytes of disk"), message);
    assertEquals((batch - 1L) * TASKS, answer.getNextIndex());
    assertTrue(batch > 3, "the heap takes what the disk does not");
    assertTrue(coordinator.loop().heldBytes() < 16 << 20, "one pool takes not all: " + held());
    String other = createPool();
    submits.onNext(request(other, 0));
    assertFalse(answers.take().hasRejected(), "other pools have room");
  }

  @Test
  void aClientThatStopsReadingDelaysNobodyElse() throws IOException, InterruptedException {
    start(spill(1L << 30), 1L << 30);
    StubWorker worker = new StubWorker(channel);
    worker.send(AttachRequest.newBuilder().setRegister(StubWorker.registration("w1")));
    String stopped = createPool();
    String other = createPool();
    PoolServiceGrpc.newStub(channel)
        .results(ResultsRequest.newBuilder().setPoolId(stopped).build(), new NeverReading());
    Iterator<ResultsResponse> results =
        pools.results(ResultsRequest.newBuilder().setPoolId(other).build());
    StreamObserver<SubmitRequest> submits =
        PoolServiceGrpc.newStub(channel).submit(new Collected<>());

    for (int batch = 0; batch < 8; batch++) {
      submits.onNext(request(stopped, batch));
      submits.onNext(request(other, batch));
    }

    long seen = 0;
    while (seen < 8L * TASKS) {
      AttachResponse message = worker.received.take();
      for (StartAttempts start : message.getStartList()) {
        worker.send(AttachRequest.newBuilder().addFinished(StubWorker.echo(start)));
        if (start.getPool() == 2) { // The second of the two.
          long count = start.getBatch().getJava().getSizesCount();
          seen += count;
          awaitResults(results, count);
        }
      }
    }
    assertEquals(List.of(), List.copyOf(worker.errors));
  }

  private static void awaitResults(Iterator<ResultsResponse> results, long count) {
    long came = 0;
    while (came < count) {
      for (ResultBlock block : results.next().getBlocksList()) {
        came += block.getIndexesCount();
      }
    }
    assertEquals(count, came);
  }

  /** Opens a call and takes nothing of it. */
  private static final class NeverReading
      implements ClientResponseObserver<ResultsRequest, ResultsResponse> {
    @Override
    public void beforeStart(ClientCallStreamObserver<ResultsRequest> call) {
      call.disableAutoRequestWithInitial(0);
    }

    @Override
    public void onNext(ResultsResponse message) {
      throw new AssertionError("nothing was asked for");
    }

    @Override
    public void onError(Throwable failure) {
      // The end of the test.
    }

    @Override
    public void onCompleted() {
      throw new AssertionError("nothing was asked for");
    }
  }
}
