package dev.farpool.worker;

import dev.farpool.common.DaemonThreads;
import dev.farpool.common.MetricsPage;
import dev.farpool.common.SerialLoop;
import dev.farpool.common.Surroundings;
import dev.farpool.common.trace.SpanClock;
import dev.farpool.worker.blob.BlobCache;
import dev.farpool.worker.blob.BlobTransfer;
import dev.farpool.worker.core.Agent;
import dev.farpool.worker.core.Command;
import dev.farpool.worker.core.Identity;
import dev.farpool.worker.core.Numbers;
import dev.farpool.worker.core.RunSpans;
import dev.farpool.worker.core.Standby;
import dev.farpool.worker.exec.AgentDirectory;
import dev.farpool.worker.exec.ExecutorHost;
import dev.farpool.worker.exec.Isolation;
import dev.farpool.worker.exec.cgroup.Bounds;
import dev.farpool.worker.exec.cgroup.Cgroups;
import dev.farpool.worker.grpc.AttachLink;
import dev.farpool.worker.metrics.Exposition;
import dev.farpool.worker.trace.RecordedRuns;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent on a host: registers its cores with a coordinator and runs tasks in processes of their
 * own, until it is drained or closed. Thread-safe.
 */
public final class Worker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Worker.class);
  private static final long CLOSE_SECONDS = 15;

  private final WorkerConfig config;
  private final AgentDirectory directory;
  private final ScheduledThreadPoolExecutor timer;
  private final Surroundings surroundings;
  private final SerialLoop<Command> loop;
  private final ExecutorHost executors;
  private final BlobCache blobs;
  private final Readiness readiness;
  private final Attachment attachment;
  private final Agent agent;
  private final AttachLink link;
  private final Alarm alarm;
  private final long originNanos;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean closing;

  private Worker(WorkerConfig config, CoordinatorChannels channels, Consumer<Boolean> listener)
      throws IOException {
    this.config = config;
    this.readiness = new Readiness(listener);
    this.attachment = new Attachment(readiness);
    Isolation isolation = Isolation.of(config.executorUser(), config.executorLimits());
    Cgroups cgroups = Cgroups.open(Bounds.among(config.executorLimits()));
    this.directory = open(config, isolation, cgroups);
    this.timer = new ScheduledThreadPoolExecutor(1, threads("farpool-worker-"));
    timer.setRemoveOnCancelPolicy(true);
    this.surroundings = Surroundings.of(timer);
    this.originNanos = surroundings.nanoTime().getAsLong();
    this.loop = new SerialLoop<>(this::handle, timer);
    Path doomed = config.ephemeral() ? config.directory() : directory.path();
    this.executors =
        new ExecutorHost(
            directory.path(),
            doomed.toAbsolutePath(),
            isolation,
            cgroups,
            config.executorLease(),
            threads("farpool-process-"),
            loop::post);
    BlobTransfer transfer = new BlobTransfer(channels.bulk());
    Path cache = config.directory().toRealPath().resolve("blobs");
    this.blobs = new BlobCache(cache, config.ephemeral(), transfer, threads("farpool-blob-"));
    WorkerEffects effects = new WorkerEffects(executors, blobs, transfer, loop::post);
    Identity identity = identity(config, isolation, cgroups, surroundings.ids().get());
    this.agent = new Agent(identity, standby(config, cgroups), effects, spans(identity));
    this.link = new AttachLink(channels.control(), surroundings, loop::post, attachment);
    effects.connect(link);
    this.alarm = new Alarm(timer, () -> loop.post((sameAgent, now) -> {}));
  }

  /**
   * Starts a worker. It reaches for its coordinator at once, and again and again.
   *
   * @throws IOException if its directory cannot be used
   * @throws IllegalArgumentException if executors cannot run as it is asked for
   */
  public static Worker start(WorkerConfig config, CoordinatorChannels channels) throws IOException {
    return start(config, channels, ready -> {});
  }

  /**
   * The same, with somebody who wants to know when it takes tasks.
   *
   * @param readiness told true when the worker is attached, false when it drains or has lost its
   *     coordinator; on threads of the worker, which it must not hold up
   * @throws IOException if its directory cannot be used
   * @throws IllegalArgumentException if executors cannot run as it is asked for
   */
  public static Worker start(
      WorkerConfig config, CoordinatorChannels channels, Consumer<Boolean> readiness)
      throws IOException {
    Worker worker = new Worker(config, channels, readiness);
    worker.link.open();
    return worker;
  }

  /**
   * Waits until the coordinator has accepted the worker.
   *
   * @return false if it has not in this time
   * @throws IllegalStateException if it never will; the text is the coordinator's
   */
  public boolean awaitAttached(Duration timeout) throws InterruptedException {
    return attachment.awaitAttached(timeout);
  }

  /** Why there is no connection to the coordinator now; empty if there is one. */
  public String disconnectedBecause() {
    return attachment.disconnectedBecause();
  }

  /** Takes no more tasks, gives back those not started, finishes the others, then leaves. */
  public void drain(String reason) {
    loop.post((sameAgent, now) -> agent.drain(reason));
  }

  /**
   * Waits until the worker has left, was refused for good, or is closed.
   *
   * @return false if that has not come about in this time
   */
  public boolean awaitTermination(Duration timeout) throws InterruptedException {
    return attachment.awaitEnd(timeout);
  }

  /** Makes what answers scrapes by Prometheus; to be registered with a server for HTTP. */
  public MetricsPage<?> metrics() {
    return new MetricsPage<>(this::read, () -> new Exposition(), surroundings.nanoTime());
  }

  private CompletionStage<Numbers> read() {
    CompletableFuture<Numbers> read = new CompletableFuture<>();
    loop.post((sameAgent, now) -> read.complete(agent.numbers()));
    return read;
  }

  private void handle(List<Command> batch) {
    if (closing) {
      return; // Nothing that happens now changes what is left to do.
    }
    try {
      long now = surroundings.nanoTime().getAsLong() - originNanos;
      agent.begin(now);
      for (Command command : batch) {
        command.apply(agent, now);
      }
      agent.settle(now);
      if (agent.isDraining()) {
        readiness.draining();
      }
      alarm.set(agent.due() - now);
    } catch (RuntimeException | Error bug) {
      if (closing) {
        log.debug("event=interrupted_by_close", bug); // The stream was ended under this batch.
        return;
      }
      // The state can no longer be trusted, so it must not go on deciding what runs.
      log.error("event=worker_failed reason=\"{}\"", bug.toString(), bug);
      attachment.refused("internal error: " + bug);
      Thread closer = new Thread(this::close, "farpool-worker-closer");
      closer.start();
    }
  }

  /** Kills all executors and deletes the worker's files. Tasks that ran are run elsewhere. */
  @Override
  public void close() {
    synchronized (this) {
      if (closing) {
        awaitClosed();
        return;
      }
      closing = true;
    }
    link.close();
    executors.close();
    blobs.close();
    alarm.close();
    timer.shutdownNow();
    directory.close();
    if (config.ephemeral()) {
      deleteEmpty();
    }
    attachment.left();
    closed.countDown();
  }

  private void awaitClosed() {
    try {
      closed.await(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private void deleteEmpty() {
    try {
      Files.deleteIfExists(config.directory().resolve("agents"));
    } catch (IOException notEmpty) {
      log.debug("event=directory_kept reason=\"{}\"", notEmpty.toString());
    }
  }

  /** The agent's directory, which executors can reach. */
  private static AgentDirectory open(WorkerConfig config, Isolation isolation, Cgroups cgroups)
      throws IOException {
    AgentDirectory directory = null;
    try {
      Path agents = config.directory().resolve("agents");
      directory = AgentDirectory.create(agents);
      if (config.ephemeral()) {
        isolation.admit(config.directory());
      }
      isolation.open(agents);
      isolation.admit(directory.path());
      isolation.check(directory.path());
      return directory;
    } catch (IOException | RuntimeException unreachable) {
      if (directory != null) {
        directory.close();
      }
      cgroups.close();
      throw unreachable;
    }
  }

  /** What is left in the group of an executor ends with it, so there each pool has its own. */
  private static Standby standby(WorkerConfig config, Cgroups cgroups) {
    boolean kept = config.spares() > 0 && !cgroups.areUsed();
    return new Standby(config.spares(), kept ? config.cores() : 0);
  }

  /** Null where nobody wants to know. */
  private RunSpans spans(Identity identity) {
    if (config.spans() == null) {
      return null;
    }
    LongSupplier clock = () -> surroundings.nanoTime().getAsLong() - originNanos;
    return new RecordedRuns(config.spans(), SpanClock.of(clock), identity);
  }

  private static Identity identity(
      WorkerConfig config, Isolation isolation, Cgroups cgroups, String instanceId) {
    Map<String, String> labels = new HashMap<>(config.labels());
    labels.putAll(isolation.labels());
    labels.putAll(cgroups.labels());
    return new Identity(
        config.name(),
        instanceId,
        hostName(),
        ProcessHandle.current().pid(),
        config.cores(),
        labels,
        config.version());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException noName) {
      return "localhost";
    }
  }

  private static ThreadFactory threads(String prefix) {
    return new DaemonThreads(prefix);
  }
}
