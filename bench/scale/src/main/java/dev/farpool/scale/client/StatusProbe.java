package dev.farpool.scale.client;

import dev.farpool.common.HostPort;
import dev.farpool.v1.ClusterServiceGrpc;
import dev.farpool.v1.GetStatusRequest;
import dev.farpool.v1.GetStatusResponse;
import dev.farpool.v1.PoolStatus;
import dev.farpool.v1.WorkerStatus;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Asks for the status again and again, as {@code farpool status} does. Thread-safe. */
public final class StatusProbe implements AutoCloseable {
  private static final int PAUSE_MILLIS = 200;
  private static final int DEADLINE_SECONDS = 60;
  private static final int LONGEST_ANSWER = 64 << 20;
  private static final int DIGITS = 3;

  private final ManagedChannel channel;
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final Histogram times = new Histogram(TimeUnit.MINUTES.toNanos(10), DIGITS);
  private long leastActive = Long.MAX_VALUE;
  private long leastWaiting = Long.MAX_VALUE;

  /** Connects, asks once so that what is cold here does not count, and begins to ask. */
  public StatusProbe(HostPort coordinator) {
    channel =
        NettyChannelBuilder.forAddress(coordinator.host(), coordinator.port())
            .maxInboundMessageSize(LONGEST_ANSWER)
            .usePlaintext()
            .build();
    ask();
    begin();
    thread.scheduleWithFixedDelay(this::ask, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void ask() {
    long begin = System.nanoTime();
    GetStatusResponse status =
        ClusterServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
            .getStatus(GetStatusRequest.getDefaultInstance());
    long active =
        status.getWorkersList().stream()
            .filter(worker -> worker.getState() == WorkerStatus.State.STATE_ACTIVE)
            .count();
    long waiting = status.getPoolsList().stream().mapToLong(PoolStatus::getWaiting).sum();
    record(System.nanoTime() - begin, active, waiting);
  }

  private synchronized void record(long nanos, long active, long waiting) {
    times.recordValue(nanos);
    leastActive = Math.min(leastActive, active);
    leastWaiting = Math.min(leastWaiting, waiting);
  }

  /** Begins anew. */
  public synchronized void begin() {
    times.reset();
    leastActive = Long.MAX_VALUE;
    leastWaiting = Long.MAX_VALUE;
  }

  /** The times of the calls since then, in nanoseconds. */
  public synchronized Histogram times() {
    return times.copy();
  }

  /** The least number of workers that were seen active at a time; 0 if nothing was seen. */
  public synchronized long leastActive() {
    return leastActive == Long.MAX_VALUE ? 0 : leastActive;
  }

  /** The same for tasks that wait: where it is 0 the queue had run dry. */
  public synchronized long leastWaiting() {
    return leastWaiting == Long.MAX_VALUE ? 0 : leastWaiting;
  }

  @Override
  public void close() {
    thread.shutdownNow();
    channel.shutdownNow();
  }
}
