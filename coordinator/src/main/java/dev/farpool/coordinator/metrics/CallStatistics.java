package dev.farpool.coordinator.metrics;

import dev.farpool.coordinator.core.Histogram;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Counts the calls of a server as they begin and end; what happens in between, message by message,
 * costs nothing. Thread-safe.
 */
public final class CallStatistics extends ServerStreamTracer.Factory {
  /** Stands for all methods that there are not, as callers can ask for any. */
  private static final String UNKNOWN = "unknown";

  private final LongSupplier nanoTime;
  private final AtomicLong open = new AtomicLong();
  private final Map<Ended, Histogram> durations = new TreeMap<>(Ended.ORDER);

  /**
   * @param nanoTime a clock that never goes back
   */
  public CallStatistics(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Calls of one kind that have ended.
   *
   * @param method with its service
   * @param code how they ended
   */
  record Ended(String method, Status.Code code) {
    static final Comparator<Ended> ORDER =
        Comparator.comparing(Ended::method).thenComparing(Ended::code);
  }

  /** How many calls are open. */
  long open() {
    return open.get();
  }

  /** How long calls took, streams included. */
  synchronized Map<Ended, Histogram.Times> durations() {
    Map<Ended, Histogram.Times> read = new TreeMap<>(Ended.ORDER);
    durations.forEach((ended, histogram) -> read.put(ended, histogram.read()));
    return read;
  }

  private synchronized void add(Ended ended, long nanos) {
    durations.computeIfAbsent(ended, first -> new Histogram()).add(nanos, 1);
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String asked, Metadata headers) {
    open.incrementAndGet();
    return new Call(nanoTime.getAsLong());
  }

  private final class Call extends ServerStreamTracer {
    private final long startNanos;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile String method = UNKNOWN;

    Call(long startNanos) {
      this.startNanos = startNanos;
    }

    @Override
    public void serverCallStarted(ServerCallInfo<?, ?> info) {
      method = info.getMethodDescriptor().getFullMethodName();
    }

    @Override
    public void streamClosed(Status status) {
      if (closed.compareAndSet(false, true)) {
        open.decrementAndGet();
        add(new Ended(method, status.getCode()), nanoTime.getAsLong() - startNanos);
      }
    }
  }
}
