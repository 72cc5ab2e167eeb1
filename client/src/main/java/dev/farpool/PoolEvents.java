package dev.farpool;

import dev.farpool.grpc.PoolListener;
import dev.farpool.v1.PoolEnded;
import dev.farpool.v1.TaskStarted;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What happens in a pool besides results: output, starts, its end. */
final class PoolEvents implements PoolListener {
  private static final System.Logger LOG = System.getLogger(Pool.class.getName());

  private final CallbackThread printing;
  private final Consumer<? super TaskOutput> output;
  private final Consumer<? super TaskStarted> starts;
  private final CountDownLatch end = new CountDownLatch(1);

  /**
   * @param starts is told of starts, for pools that report them
   */
  PoolEvents(
      String pool, Consumer<? super TaskOutput> output, Consumer<? super TaskStarted> starts) {
    this.printing = new CallbackThread("farpool-output-" + pool);
    this.output = output;
    this.starts = starts;
  }

  @Override
  public Executor outputThread() {
    return printing;
  }

  @Override
  public void printed(List<dev.farpool.v1.TaskOutput> printed) {
    for (dev.farpool.v1.TaskOutput part : printed) {
      try {
        output.accept(
            new TaskOutput(
                part.hasIndex() ? OptionalLong.of(part.getIndex()) : OptionalLong.empty(),
                part.getStderr(),
                part.getData().toByteArray(),
                part.getDropped()));
      } catch (RuntimeException broken) {
        // The user's reader: results must not suffer for it.
        LOG.log(System.Logger.Level.WARNING, "the reader of a pool's output failed", broken);
      }
    }
  }

  @Override
  public void started(List<TaskStarted> started) {
    started.forEach(starts);
  }

  @Override
  public void ended(PoolEnded ended) {
    end.countDown();
  }

  boolean hasEnded() {
    return end.getCount() == 0;
  }

  boolean awaitEnd(long nanos) throws InterruptedException {
    return end.await(nanos, TimeUnit.NANOSECONDS);
  }
}
