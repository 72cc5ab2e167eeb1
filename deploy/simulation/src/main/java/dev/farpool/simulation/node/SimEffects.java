package dev.farpool.simulation.node;

import com.google.protobuf.ByteString;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.BlobRef;
import dev.farpool.v1.PoolSpec;
import dev.farpool.worker.core.Command;
import dev.farpool.worker.core.Effects;
import dev.farpool.worker.core.TaskRun;
import dev.farpool.worker.grpc.AttachLink;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** What the agent wants done, done in the simulation. */
final class SimEffects implements Effects {
  private static final long MOST_TRANSFER_NANOS = 50_000_000;

  private final SimExecutors executors;
  private final BlobShelf blobs;
  private final RandomGenerator random;
  private final Runnable onLeave;
  private AttachLink link;

  SimEffects(SimExecutors executors, BlobShelf blobs, RandomGenerator random, Runnable onLeave) {
    this.executors = executors;
    this.blobs = blobs;
    this.random = random;
    this.onLeave = onLeave;
  }

  void connect(AttachLink attachLink) {
    link = attachLink;
  }

  @Override
  public boolean send(AttachRequest request) {
    return link.send(request);
  }

  @Override
  public void abandon(String reason) {
    link.abandon(reason);
  }

  @Override
  public void leave() {
    link.leave();
    onLeave.run();
  }

  private void soon(Command command) {
    executors
        .agent()
        .timeline()
        .after(random.nextLong(MOST_TRANSFER_NANOS), () -> executors.tell(command));
  }

  @Override
  public void fetchCode(String poolId, PoolSpec spec) {
    if (random.nextDouble() < executors.habits().startFailures()) {
      soon((agent, now) -> agent.codeFailed(poolId, "No space left on device", now));
    } else {
      soon((agent, now) -> agent.codeReady(poolId));
    }
  }

  @Override
  public void fetchBlob(BlobRef blob) {
    ByteString bytes = blobs.get(blob);
    soon(
        (agent, now) -> {
          if (bytes == null) {
            agent.blobFailed(blob, "there is no such blob");
          } else {
            agent.blobReady(blob, bytes);
          }
        });
  }

  @Override
  public void upload(long upload, ByteString bytes) {
    BlobRef blob = blobs.put(bytes);
    soon((agent, now) -> agent.uploaded(upload, blob));
  }

  @Override
  public void dropPool(String poolId) {
    executors.agent().timeline().note("drops", executors.agent().name(), poolId);
  }

  @Override
  public void startExecutor(long executor, String poolId, PoolSpec spec) {
    executors.start(executor, spec);
  }

  private void with(long executor, Consumer<SimExecutor> action) {
    SimExecutor known = executors.get(executor);
    if (known != null) {
      action.accept(known);
    }
  }

  @Override
  public void startSpare(long executor) {
    executors.start(executor, null);
  }

  @Override
  public void prepareSpare(long executor) {
    // Executors of the simulation have no jars to open.
  }

  @Override
  public void setUpSpare(long executor, String poolId, PoolSpec spec, ByteString initializer) {
    setUp(executor, spec, initializer);
  }

  @Override
  public void setUp(long executor, PoolSpec spec, ByteString initializer) {
    with(executor, child -> child.setUp(spec, initializer));
  }

  @Override
  public void release(long executor) {
    with(executor, SimExecutor::release);
  }

  @Override
  public void define(long executor, int function, ByteString definition) {
    with(executor, child -> child.define(function));
  }

  @Override
  public void run(long executor, TaskRun tasks) {
    with(executor, child -> child.run(tasks));
  }

  @Override
  public void recall(long executor, long below) {
    with(executor, child -> child.recall(below));
  }

  @Override
  public void interrupt(long executor, long sequence) {
    with(executor, child -> child.interrupt(sequence));
  }

  @Override
  public void signalCommand(long executor, long sequence, int signal) {
    with(executor, child -> child.signalCommand(sequence, signal));
  }

  @Override
  public void signalProcess(long executor, int signal) {
    with(executor, child -> child.signal(signal));
  }

  @Override
  public void exit(long executor) {
    with(executor, SimExecutor::exit);
  }

  @Override
  public void terminate(long executor) {
    with(executor, child -> child.signal(SimExecutor.SIGTERM));
  }

  @Override
  public void kill(long executor) {
    with(executor, SimExecutor::kill);
  }

  @Override
  public void listen(long executor, boolean on) {
    with(executor, child -> child.listen(on));
  }

  @Override
  public void tick(long nanos) {
    executors.living().forEach(executor -> executor.tick(nanos));
  }
}
