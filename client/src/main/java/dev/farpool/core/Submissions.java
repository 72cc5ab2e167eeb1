package dev.farpool.core;

import dev.farpool.v1.BlobRef;
import dev.farpool.v1.TaskOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

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
  private final Deque<List<Batch>> inFlight = new ArrayDeque<>();
  private final long enough;
  private Batch open;
  private long nextIndex;
  private long acceptedIndex;
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
    if (open != null && !open.takes(function, options, length)) {
      seal();
    }
    if (open == null) {
      open(new Batch(nextIndex, function, options, null));
    }
    addToOpen(arguments, from, length, sink);
  }

  /** Adds a task whose arguments are a blob. */
  public void add(PoolFunction function, TaskOptions options, BlobRef arguments, TaskSink sink) {
    seal();
    open(new Batch(nextIndex, function, options, arguments));
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

  /** Whether the coordinator has the task with this index. */
  public boolean accepted(long index) {
    return index < acceptedIndex;
  }

  /** The next request: batches with the same options; null if there is none to be sent now. */
  public List<Batch> take() {
    if (!ready()) {
      return null;
    }
    if (waiting.isEmpty()) {
      seal();
    }
    List<Batch> request = new ArrayList<>(1);
    TaskOptions options = waiting.peek().options();
    int tasks = 0;
    int bytes = 0;
    while (!waiting.isEmpty() && fits(waiting.peek(), options, tasks, bytes)) {
      Batch batch = waiting.remove();
      batch.markSent();
      tasks += batch.count();
      bytes += batch.length();
      request.add(batch);
    }
    inFlight.add(request);
    return request;
  }

  private static boolean fits(Batch batch, TaskOptions options, int tasks, int bytes) {
    return tasks == 0
        || (tasks + batch.count() <= Batch.MAX_TASKS
            && bytes + batch.length() <= Batch.MAX_BYTES
            && batch.options().equals(options));
  }

  /** The oldest request was accepted. */
  public void acknowledge() {
    List<Batch> request = inFlight.poll();
    if (request == null) {
      return; // An answer to what a new coordinator will be asked again.
    }
    for (Batch batch : request) {
      batch.accepted(true);
      batch.function().known(true);
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
      List<Batch> last = inFlight.removeLast();
      for (int i = last.size() - 1; i >= 0; i--) {
        waiting.addFirst(last.get(i));
      }
    }
  }

  /**
   * The oldest request was refused for good: its tasks leave, later ones move up. The connection
   * must begin anew afterwards, as later requests are on their way with their old indexes.
   *
   * @return who waits for the refused tasks
   */
  public List<TaskSink> reject() {
    List<Batch> refused = inFlight.remove();
    resend();
    List<TaskSink> sinks = new ArrayList<>();
    for (Batch batch : refused) {
      forgetPending(batch);
      unfinished.remove(batch, sinks);
    }
    nextIndex = refused.get(0).firstIndex();
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
   * The coordinator lost everything: all unfinished tasks are to be submitted again, in their
   * order, to a new pool whose indexes begin at 0.
   *
   * @param atMostOnce whether no task of the pool may be started a second time
   * @return who waits for tasks that perhaps were started and must not be again
   */
  public List<TaskSink> restart(boolean atMostOnce) {
    seal();
    inFlight.clear();
    waiting.clear();
    List<TaskSink> lost = new ArrayList<>();
    List<Batch> old = unfinished.clear();
    nextIndex = 0;
    acceptedIndex = 0;
    pendingTasks = 0;
    pendingBytes = 0;
    for (Batch batch : old) {
      batch.function().known(false);
      addAgain(batch, atMostOnce, lost);
    }
    return lost;
  }

  private void addAgain(Batch batch, boolean atMostOnce, List<TaskSink> lost) {
    boolean perhapsStarted = batch.sent() && (atMostOnce || batch.options().getAtMostOnce());
    int at = 0;
    for (int i = 0; i < batch.count(); at += batch.size(i), i++) {
      TaskSink sink = batch.sink(i);
      if (sink == null) {
        continue;
      }
      if (perhapsStarted) {
        lost.add(sink);
      } else if (batch.argumentBlob() != null) {
        add(batch.function(), batch.options(), batch.argumentBlob(), sink);
      } else {
        add(batch.function(), batch.options(), batch.arguments(), at, batch.size(i), sink);
      }
    }
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
