package dev.farpool.coordinator;

import dev.farpool.common.SerialLoop;
import dev.farpool.common.Surroundings;
import dev.farpool.coordinator.core.Command;
import dev.farpool.coordinator.core.Scheduler;
import dev.farpool.coordinator.core.SchedulerLimits;
import dev.farpool.coordinator.core.TaskSpans;
import dev.farpool.coordinator.grpc.Streams;
import dev.farpool.coordinator.metrics.LoopLoad;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scheduler's only caller: applies what was posted in batches, then lets it send. An exception
 * out of the scheduler leaves its state in doubt, so that state is thrown away and the coordinator
 * serves no more: all streams end, and whoever comes later finds nothing. Thread-safe.
 */
final class SchedulerLoop implements Consumer<Command>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SchedulerLoop.class);
  private static final long TICK_MILLIS = 250;

  private final SchedulerLimits limits;
  private final Streams streams;
  private final TaskSpans spans;
  private final SerialLoop<Command> loop;
  private final Surroundings surroundings;

  private ScheduledFuture<?> ticks;

  /** Only the loop's reader touches it, and writes what follows. */
  private Scheduler scheduler;

  /** Why every stream ends at once; null while the coordinator serves. */
  private volatile String stopping;

  private volatile long heldBytes;

  private long refusedReports;
  private long batches;
  private long commands;
  private long busyNanos;

  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

  /**
   * @param spans takes what is told of traced tasks; null for nobody
   */
  SchedulerLoop(
      SchedulerLimits limits,
      Streams streams,
      TaskSpans spans,
      Surroundings surroundings,
      Executor turns) {
    this.limits = limits;
    this.streams = streams;
    this.spans = spans;
    this.surroundings = surroundings;
    this.scheduler = new Scheduler(limits, streams, spans, surroundings.nanoTime().getAsLong());
    this.loop = new SerialLoop<>(this::apply, turns, surroundings.timer());
  }

  void start() {
    Command tick =
        (live, now) -> {
          live.tick(now);
          tellRefused(live.refusedReports());
        };
    ticks =
        surroundings
            .timer()
            .scheduleAtFixedRate(
                () -> accept(tick), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Late and repeated reports are usual after a break; many without one are not. */
  private void tellRefused(long refused) {
    if (refused > refusedReports) {
      LOG.info("event=reports_refused count={} since_start={}", refused - refusedReports, refused);
    }
    refusedReports = refused;
  }

  @Override
  public void accept(Command command) {
    loop.post(command);
  }

  private void apply(List<Command> batch) {
    long now = surroundings.nanoTime().getAsLong();
    for (Command command : batch) {
      attempt(command, now);
    }
    attempt((live, time) -> live.flush(time), now);
    heldBytes = scheduler.heldBytes();
    if (stopping != null) {
      streams.endAll(stopping);
    }
    batches++;
    commands += batch.size();
    busyNanos += surroundings.nanoTime().getAsLong() - now;
  }

  private void attempt(Command command, long now) {
    try {
      command.apply(scheduler, now);
    } catch (RuntimeException | Error broken) {
      LOG.error("event=scheduler_failed: restart the coordinator", broken);
      stopping = "the coordinator has failed: " + broken;
      failure.complete(broken);
      scheduler = new Scheduler(limits, streams, spans, now); // It knows nobody, and says so.
    }
  }

  /** What the loop has done up to the batch before. To be called in its turn. */
  LoopLoad load() {
    return new LoopLoad(batches, commands, busyNanos);
  }

  /** How much of the heap tasks and results take, as of the last batch. */
  long heldBytes() {
    return heldBytes;
  }

  /** Why no calls are served any more; null while they are. */
  String stopping() {
    return stopping;
  }

  /** Completes with what the scheduler threw, if it does. */
  CompletionStage<Throwable> failure() {
    return failure.minimalCompletionStage();
  }

  /** Ends all streams, also those that are opened later. */
  @Override
  public void close() {
    accept((live, now) -> stopping = "the coordinator is stopping");
    ticks.cancel(false);
  }
}
