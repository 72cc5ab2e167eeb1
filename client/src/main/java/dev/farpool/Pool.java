package dev.farpool;

import dev.farpool.call.CallWriter;
import dev.farpool.call.Definition;
import dev.farpool.call.PreparedFunction;
import dev.farpool.call.Shape;
import dev.farpool.grpc.PoolLink;
import dev.farpool.v1.PoolSpec;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;

/**
 * Processes that run functions: Python's {@code multiprocessing.Pool}, on this machine or on a
 * cluster.
 *
 * <p>Functions are lambdas, method references or serializable objects. Their code is that of this
 * program's class path; captured values, arguments and results must be serializable. Tasks start in
 * the order of submission. They run at least once, unless {@link TaskOptions#atMostOnce} says
 * otherwise, and have exactly one outcome.
 *
 * <p>A pool is not {@link AutoCloseable}, on purpose. {@link #close} means what it means in Python,
 * no more tasks, and returns at once; a try block that ended with it would go on while tasks run,
 * and one that ended with {@link #terminate}, as Python's does, would lose work without a word. Say
 * which you mean: {@link #closeAndJoin} or {@link #terminate}. What is forgotten ends with its
 * {@link Cluster}, at the latest with this JVM.
 *
 * <p>Where a method takes a function without a result and one with, a method reference to an
 * overloaded method is ambiguous to the compiler: write a lambda.
 *
 * <p>Thread-safe.
 */
public final class Pool extends MapFamily {
  private enum State {
    RUN,
    CLOSE,
    TERMINATE
  }

  private static final ThreadLocal<CallWriter> WRITER = ThreadLocal.withInitial(CallWriter::new);

  private final int processes;
  private final boolean failFast;

  /** Whether its executors live on, however many tasks they ran: a chunk need not be one task. */
  private final boolean countsNoTasks;

  private final String name;
  private final PoolEvents events;
  private final PoolBackend backend;
  private final Streams streams;
  private final CallbackThread sharing;
  private volatile State state = State.RUN;

  /**
   * As many processes as the cluster has cores; without a cluster, as this machine has.
   *
   * @throws ClusterUnreachableException if there is no coordinator
   */
  public Pool() {
    this(builder());
  }

  /**
   * A number of processes.
   *
   * @param processes how many tasks run at a time
   * @throws IllegalArgumentException if it is below 1
   * @throws ClusterUnreachableException if there is no coordinator
   */
  public Pool(int processes) {
    this(builder().processes(processes));
  }

  Pool(PoolBuilder builder) {
    Cluster cluster = builder.cluster();
    PoolSpec spec = builder.spec();
    this.name = spec.getName().isEmpty() ? "Pool" : spec.getName();
    this.processes = builder.processes() > 0 ? builder.processes() : cluster.cores();
    this.failFast = builder.failsFast();
    this.countsNoTasks = spec.getMaxTasksPerChild() == 0;
    this.events = new PoolEvents(name, builder.output(), started -> {});
    PoolLink link =
        cluster.createPool(
            spec.toBuilder().setProcesses(processes).build(), builder.initializer(), events);
    this.backend =
        new PoolBackend(link, new CallbackThread("farpool-callbacks-" + name), cluster.failures());
    this.streams = new Streams(backend, processes);
    this.sharing = new CallbackThread("farpool-map-" + name);
  }

  /**
   * Says what a pool is to be; it will be on the default cluster, see {@link Cluster#connect()}.
   */
  public static PoolBuilder builder() {
    return new PoolBuilder(null);
  }

  @Override
  <R> AsyncResult<R> submit(
      Shape shape,
      Object function,
      TaskOptions options,
      Callbacks<R> callbacks,
      Object... arguments) {
    Objects.requireNonNull(function, "function");
    Objects.requireNonNull(options, "options");
    checkRunning();
    CallWriter writer = WRITER.get();
    Definition definition = writer.call(shape, function, arguments);
    TaskResult<R> result = new TaskResult<>(backend, callbacks);
    backend.submitTraced("apply", definition, options, writer, result);
    return result;
  }

  private void checkRunning() {
    if (state != State.RUN) {
      throw new IllegalStateException("Pool not running");
    }
  }

  @Override
  <R> AsyncResult<List<R>> startMap(
      Shape shape,
      Object function,
      Iterable<?> input,
      int chunkSize,
      Callbacks<List<R>> callbacks) {
    checkRunning();
    boolean shared = chunkSize == 0 && countsNoTasks;
    PreparedFunction prepared = PreparedFunction.of(shared ? shape.toShared() : shape, function);
    Object[] items = Chunks.items(input);
    int size = chunkSize == 0 ? Chunks.defaultSize(items.length, processes) : chunkSize;
    int[] chunks = Chunks.counts(items.length, size);
    int[] counts = shared ? Chunks.pieces(chunks) : chunks;
    MapResult<R> result =
        new MapResult<>(
            backend,
            callbacks,
            counts,
            shape.settled(),
            failFast && !shape.settled(),
            shared ? share(prepared, items) : null);
    result.trace(backend.trace("map", items.length));
    try {
      submitChunks(prepared, items, counts, result);
      result.submitted();
    } catch (RuntimeException refused) {
      result.giveUp(refused);
      throw refused;
    }
    return result;
  }

  private MapSharing share(PreparedFunction function, Object[] items) {
    return new MapSharing(backend, processes, function, items, sharing, streams.mapBegan());
  }

  private void submitChunks(
      PreparedFunction function, Object[] items, int[] counts, MapResult<?> result) {
    CallWriter writer = new CallWriter();
    int from = 0;
    for (int i = 0; i < counts.length; from += counts[i++]) {
      writer.chunk(function, items, from, counts[i]);
      backend.submit(function.definition(), TaskOptions.DEFAULTS, writer, result.sink(i));
    }
  }

  /**
   * Calls a function for each item of an input that may be long or endless. Results come in the
   * order of the input. At most two chunks a process are on their way or unread, so neither input
   * nor results pile up; {@link #join} lets them, as it has to.
   *
   * @throws IllegalStateException "Pool not running"
   */
  public <T, R> ResultIterator<R> imap(
      SerializableFunction<? super T, ? extends R> function, Iterable<? extends T> items) {
    return imap(function, items, 1);
  }

  /**
   * The same with chunks: faster for many small items.
   *
   * @throws IllegalArgumentException if the chunk size is below 1
   */
  public <T, R> ResultIterator<R> imap(
      SerializableFunction<? super T, ? extends R> function,
      Iterable<? extends T> items,
      int chunkSize) {
    return imap(function, items, chunkSize, streams.window());
  }

  /**
   * The same with a window of one's own.
   *
   * @param window how many chunks may be on their way or unread; {@link Long#MAX_VALUE} is Python's
   *     behaviour
   */
  public <T, R> ResultIterator<R> imap(
      SerializableFunction<? super T, ? extends R> function,
      Iterable<? extends T> items,
      int chunkSize,
      long window) {
    checkRunning();
    return streams.start(function, items, Chunks.check(chunkSize), window, true);
  }

  /** Like {@link #imap}, but results come as they arrive. */
  public <T, R> ResultIterator<R> imapUnordered(
      SerializableFunction<? super T, ? extends R> function, Iterable<? extends T> items) {
    return imapUnordered(function, items, 1);
  }

  /** The same with chunks. */
  public <T, R> ResultIterator<R> imapUnordered(
      SerializableFunction<? super T, ? extends R> function,
      Iterable<? extends T> items,
      int chunkSize) {
    return imapUnordered(function, items, chunkSize, streams.window());
  }

  /** The same with a window of one's own. */
  public <T, R> ResultIterator<R> imapUnordered(
      SerializableFunction<? super T, ? extends R> function,
      Iterable<? extends T> items,
      int chunkSize,
      long window) {
    checkRunning();
    return streams.start(function, items, Chunks.check(chunkSize), window, false);
  }

  /**
   * No more tasks. Those submitted still run; an {@code imap} that has begun goes on. Returns at
   * once; idempotent, and without effect on a terminated pool.
   */
  public void close() {
    synchronized (this) {
      if (state != State.RUN) {
        return;
      }
      state = State.CLOSE;
    }
    streams.whenAllFed(backend.link()::close);
  }

  /**
   * Ends the pool now: what runs is killed, and every result that is not there yet fails with
   * {@link PoolTerminatedException}. Idempotent.
   */
  public void terminate() {
    synchronized (this) {
      if (state == State.TERMINATE) {
        return;
      }
      state = State.TERMINATE;
    }
    streams.stop();
    if (!events.hasEnded()) {
      Answers.finish(backend.link().calls().terminate());
    }
  }

  /**
   * Waits until the closed or terminated pool has ended: every task has its outcome, what tasks
   * printed is printed, callbacks have run, the processes are told to go.
   *
   * @throws IllegalStateException "Pool is still running": it is neither closed nor terminated
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public void join() throws InterruptedException {
    join(Duration.ofNanos(Long.MAX_VALUE));
  }

  /**
   * The same, but not for ever.
   *
   * @return whether the pool has ended; if not, {@link #explain} tells what it waits for
   */
  public boolean join(Duration timeout) throws InterruptedException {
    if (state == State.RUN) {
      throw new IllegalStateException("Pool is still running");
    }
    streams.openWindows();
    long nanos = Wire.nanos(timeout);
    long start = System.nanoTime();
    return events.awaitEnd(nanos)
        && backend.callbacks().awaitIdle(nanos - (System.nanoTime() - start));
  }

  /** {@link #close}, then {@link #join()}. */
  public void closeAndJoin() throws InterruptedException {
    close();
    join();
  }

  /** What the pool waits for, in a sentence for a person. */
  public String explain() {
    if (events.hasEnded()) {
      return "the pool has ended";
    }
    try {
      return Answers.explanation(backend.link().calls().explain());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return "interrupted while the coordinator was asked";
    }
  }

  /**
   * The pool as an executor service, for code that knows those. What is given to it must be
   * serializable; {@code shutdown} closes the pool, {@code shutdownNow} terminates it.
   */
  public ExecutorService asExecutorService() {
    return new PoolExecutorService(this);
  }

  /** How many of its tasks run at a time. */
  public int processes() {
    return processes;
  }

  boolean running() {
    return state == State.RUN;
  }

  boolean ended() {
    return events.hasEnded();
  }

  @Override
  public String toString() {
    return "<Pool name=" + name + " state=" + state + " processes=" + processes + ">";
  }
}
