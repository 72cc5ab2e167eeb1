package dev.farpool.core;

import dev.farpool.v1.IndexRange;
import dev.farpool.v1.ResumedPool;
import dev.farpool.v1.TaskOptions;
import dev.farpool.v1.TraceContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The way of a pool's tasks to the coordinator: gathered, sent in requests, acknowledged in order.
 *
 * <p>A task goes out at once when nothing is on its way and the cluster could use it. Otherwise
 * tasks gather: until the last request is acknowledged, a batch is full, results come, or somebody
 * asks. While the coordinator holds more tasks than the pool may run at a time, nothing is gained
 * by sending another one alone: the next results are the sign that it can use more.
 */
public final class Submissions {
  /** How many requests may be on their way at a time. */
  static final int MAX_IN_FLIGHT = 4;

  /** Above this many tasks or bytes that the coordinator has not taken, producers wait. */
  static final int MAX_PENDING_TASKS = 1_000_000;

  static final long MAX_PENDING_BYTES = 64L << 20;
  private static final int ENOUGH_WAITING = 16;

  private final Unfinished unfinished = new Unfinished();
  private final Deque<Batch> waiting = new ArrayDeque<>();
  private final Deque<Request> inFlight = new ArrayDeque<>();

  /** Functions that the coordinator has, and those it has or was told of on this connection. */
  private final Set<PoolFunction> known = new HashSet<>();

  private final Set<PoolFunction> announced = new HashSet<>();
  private final long enough;
  private Batch open;
  private long nextIndex;
  private long acceptedIndex;

  /** The end of all tasks that were ever sent, and of those sent to lost coordinators. */
  private long sentIndex;

  private long resumedIndex;
  private long pendingTasks;
  private long pendingBytes;

  /**
   * @param processes how many tasks of the pool run at a time
   */
  public Submissions(int processes) {
    this.enough = Math.max(ENOUGH_WAITING, 2L * processes);
  }

  /** The tasks without an outcome. */
  public Unfinished unfinished() {
    return unfinished;
  }

  /** Whether there is room for another task. */
  public boolean hasRoom() {
    return pendingTasks < MAX_PENDING_TASKS && pendingBytes < MAX_PENDING_BYTES;
  }

  /** Adds a task; its arguments are copied. */
  public void add(
      PoolFunction function,
      TaskOptions options,
      byte[] arguments,
      int from,
      int length,
      TaskSink sink) {
    TraceContext trace = sink.trace();
    if (open != null && !open.takes(function, options, length, trace)) {
      seal();
    }
    if (open == null) {
      open(new Batch(nextIndex, function, options, null, trace));
    }
    addToOpen(arguments, from, length, sink);
  }

  /** Adds a task whose arguments are a blob. */
  public void add(
      PoolFunction function, TaskOptions options, LargeArgument arguments, TaskSink sink) {
    seal();
    open(new Batch(nextIndex, function, options, arguments, sink.trace()));
    addToOpen(new byte[0], 0, 0, sink);
  }

  private void open(Batch batch) {
    open = batch;
    unfinished.add(batch);
  }

  private void addToOpen(byte[] arguments, int from, int length, TaskSink sink) {
    open.add(arguments, from, length, sink);
    unfinished.countOne();
    sink.indexed(nextIndex++);
    pendingTasks++;
    pendingBytes += length;
    if (open.full()) {
      seal();
    }
  }

  private void seal() {
    if (open != null) {
      open.seal();
      waiting.add(open);
      open = null;
    }
  }

  /** Whether {@link #take} would give something now. */
  public boolean ready() {
    return !waiting.isEmpty() ? inFlight.size() < MAX_IN_FLIGHT : open != null && openIsWanted();
  }

  private boolean openIsWanted() {
    return inFlight.isEmpty() && unfinished.tasks() - pendingTasks < enough;
  }

  /** Whether tasks gather that no acknowledgement will send. */
  public boolean gathers() {
    return open != null && inFlight.isEmpty() && waiting.isEmpty();
  }

  /** Sends what has gathered as soon as possible. */
  public void flush() {
    seal();
  }

  /** Results have come: the cluster has room for what has gathered. */
  public void resultsCame() {
    if (gathers()) {
      seal();
    }
  }

  /** Whether everything submitted was acknowledged. */
  public boolean drained() {
    return pendingTasks == 0;
  }

  /** The end of what the coordinator has. */
  public long acceptedIndex() {
    return acceptedIndex;
  }

  /** Whether the coordinator has the task with this index. */
  public boolean accepted(long index) {
    return index < acceptedIndex;
  }

  /** The next request; null if there is none to be sent now. */
  public Request take() {
    if (!ready()) {
      return null;
    }
    if (waiting.isEmpty()) {
      seal();
    }
    List<Batch> batches = new ArrayList<>(1);
    TaskOptions options = waiting.peek().options();
    int tasks = 0;
    int bytes = 0;
    while (!waiting.isEmpty() && fits(waiting.peek(), options, tasks, bytes)) {
      Batch batch = waiting.remove();
      tasks += batch.count();
      bytes += batch.length();
      batches.add(batch);
    }
    Request request = new Request(unannounced(batches), batches);
    inFlight.add(request);
    sentIndex = Math.max(sentIndex, batches.get(batches.size() - 1).endIndex());
    return request;
  }

  private List<PoolFunction> unannounced(List<Batch> batches) {
    List<PoolFunction> functions = List.of();
    for (Batch batch : batches) {
      if (announced.add(batch.function())) {
        functions = functions.isEmpty() ? new ArrayList<>(1) : functions;
        functions.add(batch.function());
      }
    }
    return functions;
  }

  private static boolean fits(Batch batch, TaskOptions options, int tasks, int bytes) {
    return tasks == 0
        || (tasks + batch.count() <= Batch.MAX_TASKS
            && bytes + batch.length() <= Batch.MAX_BYTES
            && batch.options().equals(options));
  }

  /** The oldest request was accepted. */
  public void acknowledge() {
    Request request = inFlight.poll();
    if (request == null) {
      return; // An answer to what a new coordinator will be asked again.
    }
    known.addAll(request.functions());
    for (Batch batch : request.batches()) {
      batch.accepted(true);
      forgetPending(batch);
      unfinished.accepted(batch);
      acceptedIndex = batch.endIndex();
    }
  }

  private void forgetPending(Batch batch) {
    pendingTasks -= batch.count();
    pendingBytes -= batch.length();
  }

  /** The connection broke: what was not acknowledged is to be sent again, in the same order. */
  public void resend() {
    while (!inFlight.isEmpty()) {
      List<Batch> last = inFlight.removeLast().batches();
      for (int i = last.size() - 1; i >= 0; i--) {
        waiting.addFirst(last.get(i));
      }
    }
    announced.clear();
    announced.addAll(known);
  }

  /**
   * Whether the oldest request can be taken out for good. What a lost coordinator may have known
   * cannot: workers hold later tasks by their indexes.
   */
  public boolean rejectable() {
    return inFlight.element().batches().get(0).firstIndex() >= resumedIndex;
  }

  /**
   * The oldest request was refused for good: its tasks leave, later ones move up. The connection
   * must begin anew afterwards, as later requests are on their way with their old indexes.
   *
   * @return who waits for the refused tasks
   */
  public List<TaskSink> reject() {
    List<Batch> refused = inFlight.remove().batches();
    resend();
    List<TaskSink> sinks = new ArrayList<>();
    for (Batch batch : refused) {
      forgetPending(batch);
      unfinished.remove(batch, sinks);
    }
    nextIndex = refused.get(0).firstIndex();
    sentIndex = nextIndex; // A coordinator that refuses a request takes none behind it.
    waiting.forEach(this::moveUp);
    if (open != null) {
      moveUp(open);
    }
    return sinks;
  }

  private void moveUp(Batch batch) {
    unfinished.move(batch, nextIndex);
    nextIndex += batch.count();
  }

  /**
   * The coordinator was lost: what is unfinished is to be submitted to another one, with the old
   * indexes and without the tasks that have their outcome. May be repeated.
   *
   * @return how far the pool had come
   */
  public ResumedPool resume() {
    seal();
    inFlight.clear();
    waiting.clear();
    known.clear();
    announced.clear();
    acceptedIndex = 0;
    pendingTasks = 0;
    pendingBytes = 0;
    resumedIndex = sentIndex;
    ResumedPool.Builder resumed = ResumedPool.newBuilder().setNextIndex(sentIndex);
    long passed = 0;
    for (Batch batch : unfinished.clear()) {
      for (Batch part : batch.parts()) {
        passOver(resumed, passed, Math.min(part.firstIndex(), sentIndex));
        passed = part.endIndex();
        addAgain(part);
      }
    }
    passOver(resumed, passed, sentIndex);
    return resumed.build();
  }

  private static void passOver(ResumedPool.Builder resumed, long from, long to) {
    if (from < to) {
      resumed.addFinished(IndexRange.newBuilder().setFirst(from).setCount(to - from));
    }
  }

  private void addAgain(Batch part) {
    unfinished.addAgain(part);
    waiting.add(part);
    pendingTasks += part.count();
    pendingBytes += part.length();
  }

  /**
   * The pool has ended: nothing is sent any more.
   *
   * @return who still waits
   */
  public List<TaskSink> end() {
    open = null;
    waiting.clear();
    inFlight.clear();
    pendingTasks = 0;
    pendingBytes = 0;
    List<TaskSink> sinks = new ArrayList<>();
    for (Batch batch : unfinished.clear()) {
      for (int i = 0; i < batch.count(); i++) {
        if (batch.sink(i) != null) {
          sinks.add(batch.sink(i));
        }
      }
    }
    return sinks;
  }
}
