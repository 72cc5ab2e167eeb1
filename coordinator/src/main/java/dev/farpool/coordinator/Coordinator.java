package dev.farpool.coordinator;

import com.google.protobuf.ByteString;
import dev.farpool.common.DaemonThreads;
import dev.farpool.common.Surroundings;
import dev.farpool.common.trace.SpanClock;
import dev.farpool.coordinator.blob.BlobStore;
import dev.farpool.coordinator.blob.Grants;
import dev.farpool.coordinator.blob.Usage;
import dev.farpool.coordinator.core.Bytes;
import dev.farpool.coordinator.core.TaskSpans;
import dev.farpool.coordinator.grpc.BlobCheck;
import dev.farpool.coordinator.grpc.BlobEndpoint;
import dev.farpool.coordinator.grpc.CallNumbers;
import dev.farpool.coordinator.grpc.ClusterEndpoint;
import dev.farpool.coordinator.grpc.GuardedCalls;
import dev.farpool.coordinator.grpc.Identity;
import dev.farpool.coordinator.grpc.PoolEndpoint;
import dev.farpool.coordinator.grpc.Spill;
import dev.farpool.coordinator.grpc.Streams;
import dev.farpool.coordinator.grpc.WorkerEndpoint;
import dev.farpool.coordinator.metrics.Reading;
import dev.farpool.coordinator.spill.SpillFiles;
import dev.farpool.coordinator.trace.RecordedSpans;
import dev.farpool.v1.BlobServiceGrpc;
import dev.farpool.v1.ClusterServiceGrpc;
import dev.farpool.v1.PoolServiceGrpc;
import dev.farpool.v1.WorkerServiceGrpc;
import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * A coordinator without sockets: its services, to be served over TCP by {@link CoordinatorServer}
 * or within a process. Thread-safe.
 *
 * <p>No method of the services blocks, so they can be served with {@code directExecutor()}.
 */
public final class Coordinator implements AutoCloseable {
  private static final int BULK_THREADS = 4;
  private static final String GRANTS = "grants";

  private final HealthStatusManager health = new HealthStatusManager();
  private final Executor bulk = bulkThreads();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final SpillFiles files;
  private final SchedulerLoop loop;
  private final BlobStore store;
  private final long heldBytesLimit;
  private final LongSupplier nanoTime;
  private final List<BindableService> services;

  private Coordinator(CoordinatorConfig config, Surroundings surroundings, Executor turns) {
    Streams streams = new Streams();
    Identity identity =
        new Identity(
            surroundings.ids().get(),
            config.version(),
            surroundings.nanoTime().getAsLong(),
            config.limits());
    CallNumbers numbers = new CallNumbers(config.wallClock().millis());
    this.store = new BlobStore(config.blobs());
    this.heldBytesLimit = config.limits().maxHeldBytes();
    this.nanoTime = surroundings.nanoTime();
    StoredBlobs blobs = new StoredBlobs(store, new Grants(config.blobs().resolve(GRANTS)));
    BlobCheck blobCheck = new BlobCheck(blobs::contains);
    this.loop =
        new SchedulerLoop(
            config.limits(), streams, spans(config, surroundings), surroundings, turns);
    this.files = new SpillFiles(config.spill().directory(), config.spill().maxBytes());
    Spill spill = new SpilledPayload(loop, config.spill().aboveBytes(), files);
    this.services =
        Stream.concat(
                Stream.of(
                        new PoolEndpoint(
                            loop,
                            streams,
                            numbers,
                            identity,
                            blobCheck,
                            surroundings.ids(),
                            spill,
                            bulk),
                        new WorkerEndpoint(loop, streams, numbers, identity, spill, bulk),
                        new BlobEndpoint(blobs, bulk),
                        new ClusterEndpoint(loop, streams, numbers, identity, config.wallClock()))
                    .map(service -> GuardedCalls.of(service, loop::stopping)),
                Stream.of(GuardedCalls.of(health.getHealthService(), () -> null)))
            .toList();
  }

  private static TaskSpans spans(CoordinatorConfig config, Surroundings surroundings) {
    return config.spans() == null
        ? null
        : new RecordedSpans(
            config.spans(), new SpanClock(config.wallClock(), surroundings.nanoTime()));
  }

  /** Makes a coordinator that is ready to serve. */
  public static Coordinator create(CoordinatorConfig config) {
    return create(config, Runnable::run);
  }

  /**
   * The same for a transport that brings the messages of many peers in one go.
   *
   * @param turns begins to deal with what was brought: at once, or soon
   */
  static Coordinator create(CoordinatorConfig config, Executor turns) {
    return create(config, Surroundings.of(timer()), turns);
  }

  /**
   * The same with a clock, a timer and names from outside; but for the disk of the blobs, what it
   * does then follows from what it is told and when.
   */
  public static Coordinator create(CoordinatorConfig config, Surroundings surroundings) {
    return create(config, surroundings, Runnable::run);
  }

  private static Coordinator create(
      CoordinatorConfig config, Surroundings surroundings, Executor turns) {
    Coordinator coordinator = new Coordinator(config, surroundings, turns);
    coordinator.loop.failure().thenRun(() -> coordinator.tell(ServingStatus.NOT_SERVING));
    coordinator.loop.start();
    coordinator.tell(ServingStatus.SERVING);
    return coordinator;
  }

  private void tell(ServingStatus status) {
    health.setStatus(PoolServiceGrpc.SERVICE_NAME, status);
    health.setStatus(WorkerServiceGrpc.SERVICE_NAME, status);
    health.setStatus(BlobServiceGrpc.SERVICE_NAME, status);
    health.setStatus(ClusterServiceGrpc.SERVICE_NAME, status);
  }

  /**
   * Completes with the reason if the coordinator fails: its state is in doubt, and it serves no
   * more. The process should end then; another coordinator can begin where this one was.
   */
  public CompletionStage<Throwable> failure() {
    return loop.failure();
  }

  SchedulerLoop loop() {
    return loop;
  }

  /** The clock that it goes by. */
  LongSupplier nanoTime() {
    return nanoTime;
  }

  /** Reads what there is to tell of the coordinator, in the scheduler's next turn. */
  CompletionStage<Reading> read() {
    Usage blobs = store.usage(nanoTime.getAsLong());
    Reading.Storage storage = new Reading.Storage(blobs.blobs(), blobs.bytes());
    CompletableFuture<Reading> reading = new CompletableFuture<>();
    loop.accept(
        (scheduler, now) ->
            reading.complete(
                new Reading(
                    scheduler.totals(),
                    scheduler.levels(now),
                    loop.load(),
                    heldBytesLimit,
                    files.bytes(),
                    storage)));
    return reading;
  }

  /**
   * Has the scheduler look whether the parts of its state agree; if they do not, it fails. For
   * tests.
   */
  public void checkInvariants() {
    loop.accept((scheduler, now) -> scheduler.checkInvariants());
  }

  /** The services to serve, gRPC's health service included. */
  public List<BindableService> services() {
    return services;
  }

  /** Idempotent. Ends all streams; clients and workers are told that the coordinator stops. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      health.enterTerminalState();
      loop.close();
      files.close();
    }
  }

  /** One thread, which ends by itself when the coordinator is closed and nothing is left to do. */
  private static ScheduledExecutorService timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, new DaemonThreads("farpool-scheduler-"));
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(1, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    return timer;
  }

  /** Threads that end by themselves when nothing is to do, so that a call under way can end. */
  private static Executor bulkThreads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            BULK_THREADS,
            BULK_THREADS,
            10,
            TimeUnit.SECONDS,
            // Bounded by the calls: each has one step at a time.
            new LinkedBlockingQueue<>(),
            new DaemonThreads("farpool-blobs-"));
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** The files for payload as the endpoints see them. */
  private record SpilledPayload(SchedulerLoop loop, long aboveBytes, SpillFiles files)
      implements Spill {
    @Override
    public boolean isWanted() {
      return loop.heldBytes() >= aboveBytes;
    }

    @Override
    public Bytes put(ByteString bytes) throws IOException {
      return files.put(bytes);
    }
  }
}
