package dev.farpool.worker.testing;

import com.google.protobuf.ByteString;
import dev.farpool.common.BlobFiles;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.CancelMode;
import dev.farpool.v1.CodeBundle;
import dev.farpool.v1.CodePart;
import dev.farpool.v1.Command;
import dev.farpool.v1.Commands;
import dev.farpool.v1.Failure;
import dev.farpool.v1.FunctionDefinition;
import dev.farpool.v1.FunctionsDefined;
import dev.farpool.v1.IndexRange;
import dev.farpool.v1.Initializer;
import dev.farpool.v1.JavaCalls;
import dev.farpool.v1.PoolOpened;
import dev.farpool.v1.PoolReleased;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.StartAttempts;
import dev.farpool.v1.StaticMethodCall;
import dev.farpool.v1.StaticMethodCalls;
import dev.farpool.v1.StopAttempts;
import dev.farpool.v1.TaskBatch;
import dev.farpool.v1.TaskOptions;
import dev.farpool.v1.TaskResult;
import dev.farpool.v1.Value;
import dev.farpool.worker.Worker;
import dev.farpool.worker.WorkerConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** A worker with real executors at a coordinator that a test directs. */
public final class WorkerHarness implements AutoCloseable {
  public static final long POOL = 7;

  public final FakeCoordinator coordinator = new FakeCoordinator();
  public final Worker worker;
  public final Path directory;
  private int functions;
  private long next;

  public WorkerHarness(Path directory, int cores) throws IOException, InterruptedException {
    this(directory, cores, 10);
  }

  public WorkerHarness(Path directory, int cores, double leaseSeconds)
      throws IOException, InterruptedException {
    this(WorkerConfig.of("w1", cores, directory), leaseSeconds);
  }

  public WorkerHarness(WorkerConfig config, double leaseSeconds)
      throws IOException, InterruptedException {
    directory = config.directory();
    coordinator.setLeaseSeconds(leaseSeconds);
    worker = Worker.start(config, coordinator);
    coordinator.awaitRegistration(1);
  }

  /** A result among so many outcomes. */
  public String encoded(int count, long index) throws InterruptedException {
    TaskResult result = coordinator.awaitOutcomes(count).get(index);
    if (!result.hasEncoded()) {
      throw new AssertionError(result);
    }
    return result.getEncoded().toStringUtf8();
  }

  /** A failure among so many outcomes. */
  public Failure failure(int count, long index) throws InterruptedException {
    TaskResult result = coordinator.awaitOutcomes(count).get(index);
    if (!result.hasFailure()) {
      throw new AssertionError(result);
    }
    return result.getFailure();
  }

  /** The specification of a pool with the test code. */
  public PoolSpec.Builder spec() {
    CodePart part =
        CodePart.newBuilder()
            .setBlob(coordinator.blobs().put(TestCode.jar()))
            .setName("tests.jar")
            .build();
    CodeBundle code =
        CodeBundle.newBuilder().addParts(part).setCodec(TestCodec.class.getName()).build();
    return PoolSpec.newBuilder()
        .setName("test")
        .setProcesses(10)
        .setCode(code)
        .addJvmOptions("-Xmx64m")
        .addJvmOptions("-XX:TieredStopAtLevel=1");
  }

  public WorkerHarness open(PoolSpec.Builder spec) {
    return open("p" + POOL, "", spec);
  }

  /** Opens a pool of somebody's. */
  public WorkerHarness open(String id, String owner, PoolSpec.Builder spec) {
    PoolOpened.Builder opened =
        PoolOpened.newBuilder().setPool(POOL).setPoolId(id).setOwner(owner).setSpec(spec);
    coordinator.send(AttachResponse.newBuilder().addOpened(opened));
    return this;
  }

  public static Initializer initializer(String name, String argument) {
    return Initializer.newBuilder()
        .setFunction(definition(99, name))
        .setArguments(ByteString.copyFromUtf8(argument))
        .build();
  }

  private static FunctionDefinition definition(int number, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return FunctionDefinition.newBuilder()
        .setNumber(number)
        .setSha256(BlobFiles.refOf(bytes).getSha256())
        .setInline(ByteString.copyFrom(bytes))
        .build();
  }

  /** Calls a method of {@link TestTasks} or {@link Mischief} with each of the arguments. */
  public WorkerHarness call(int slots, TaskOptions options, String name, String... arguments) {
    int number = ++functions;
    JavaCalls.Builder calls = JavaCalls.newBuilder().setFunction(number);
    List<ByteString> bodies = new ArrayList<>();
    for (String argument : arguments) {
      ByteString body = ByteString.copyFromUtf8(argument);
      calls.addSizes(body.size());
      bodies.add(body);
    }
    calls.setArguments(ByteString.copyFrom(bodies));
    FunctionsDefined defined =
        FunctionsDefined.newBuilder().setPool(POOL).addFunctions(definition(number, name)).build();
    coordinator.send(AttachResponse.newBuilder().addFunctions(defined));
    return start(
        slots, TaskBatch.newBuilder().setOptions(options).setJava(calls), arguments.length);
  }

  public WorkerHarness call(int slots, String name, String... arguments) {
    return call(slots, TaskOptions.getDefaultInstance(), name, arguments);
  }

  public WorkerHarness callStatic(String className, String method, Value... arguments) {
    StaticMethodCall call =
        StaticMethodCall.newBuilder()
            .setClassName(className)
            .setMethod(method)
            .addAllArguments(List.of(arguments))
            .build();
    return start(
        1,
        TaskBatch.newBuilder().setStaticMethods(StaticMethodCalls.newBuilder().addCalls(call)),
        1);
  }

  public WorkerHarness command(String... argv) {
    return command(Command.newBuilder().addAllArgv(List.of(argv)));
  }

  public WorkerHarness command(Command.Builder command) {
    return start(
        1, TaskBatch.newBuilder().setCommands(Commands.newBuilder().addCommands(command)), 1);
  }

  /** Starts a batch at the next index. */
  public WorkerHarness start(int slots, TaskBatch.Builder batch, int count) {
    StartAttempts start =
        StartAttempts.newBuilder()
            .setPool(POOL)
            .setSlots(slots)
            .setAttempt(1)
            .setBatch(batch.setFirstIndex(next))
            .build();
    next += count;
    coordinator.send(AttachResponse.newBuilder().addStart(start));
    return this;
  }

  /** Ends the pool. */
  public void release(boolean kill) {
    PoolReleased released = PoolReleased.newBuilder().setPool(POOL).setKill(kill).build();
    coordinator.send(AttachResponse.newBuilder().addReleased(released));
  }

  /** Stops the task with this index. */
  public void cancel(long index, CancelMode mode) {
    stop(StopAttempts.newBuilder().setCancel(mode), index);
  }

  /** Sends the task with this index a signal. */
  public void signal(long index, int signal) {
    stop(StopAttempts.newBuilder().setSignal(signal), index);
  }

  private void stop(StopAttempts.Builder stop, long index) {
    IndexRange range = IndexRange.newBuilder().setFirst(index).setCount(1).build();
    coordinator.send(AttachResponse.newBuilder().addStop(stop.setPool(POOL).addTasks(range)));
  }

  /** Waits until a file is there, and gives what it holds. */
  public static String awaitFile(Path file) throws InterruptedException, IOException {
    for (int i = 0; i < 20_000 && !Files.exists(file); i++) {
      Thread.sleep(1);
    }
    return Files.readString(file).strip();
  }

  /** Waits until a process is gone. */
  public static boolean isGone(long pid) throws Exception {
    return comesTrue(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
  }

  /** Waits until something is so; false if it is not within a bounded time. */
  public static boolean comesTrue(Callable<Boolean> so) throws Exception {
    for (int i = 0; i < 10_000; i++) {
      if (so.call()) {
        return true;
      }
      Thread.sleep(1);
    }
    return false;
  }

  @Override
  public void close() {
    worker.close();
    coordinator.close();
  }
}
