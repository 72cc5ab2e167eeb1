package dev.farpool.worker.core;

import com.google.protobuf.ByteString;
import dev.farpool.common.Durations;
import dev.farpool.v1.BlobRef;
import dev.farpool.v1.CancelMode;
import dev.farpool.v1.PoolMode;
import dev.farpool.v1.PoolOpened;
import dev.farpool.v1.PoolSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A pool that this worker runs tasks of: its waiting tasks, its executors, what was learned. */
final class HeldPool {
  /** The number under which the initializer's function is kept; no function of a client has it. */
  static final int INITIALIZER = 0;

  private static final long UNNUMBERED = -1;
  private static final long DEFAULT_GRACE_NANOS = 5_000_000_000L;
  private static final long FIRST_PAUSE_NANOS = 100_000_000;
  private static final int MOST_DOUBLINGS = 7;

  final String id;

  /** The identity that made it; empty if that was not told. */
  final String owner;

  final PoolSpec spec;
  final RunQueue waiting = new RunQueue();
  final List<Pipeline> pipelines = new ArrayList<>();
  final PrefetchGauge gauge = new PrefetchGauge();
  final PoolOutput output = new PoolOutput();

  /** Batches that wait for their argument or function to be fetched. */
  final List<IncompleteBatch> fetching = new ArrayList<>();

  /** Functions by number; one whose definition is still being fetched is not among them. */
  final Map<Integer, ByteString> functions = new LinkedHashMap<>();

  /** The blobs that will define functions, by the functions' numbers. */
  final Map<Integer, BlobRef> functionBlobs = new LinkedHashMap<>();

  /** Tasks to be cancelled once an executor gave them back, or when they begin to run. */
  final Map<Long, CancelMode> doomed = new LinkedHashMap<>();

  int slots;
  boolean codeReady;

  /** Whether the code is to be fetched again. */
  boolean codeDue;

  boolean released;
  boolean creditDue;

  /** Whether the coordinator wants back what executors were asked for. */
  boolean recalledWanted;

  /** When the pool lost its number. */
  long unnumberedSinceNanos;

  private long number;
  private int failedStarts;
  private long noStartBeforeNanos = Long.MIN_VALUE;

  HeldPool(PoolOpened opened) {
    this.number = opened.getPool();
    this.id = opened.getPoolId();
    this.owner = opened.getOwner();
    this.spec = opened.getSpec();
  }

  /** The pool's number on this coordinator. */
  long number() {
    return number;
  }

  boolean isNumbered() {
    return number != UNNUMBERED;
  }

  void setNumber(long number) {
    this.number = number;
  }

  /** The worker is registered anew; the coordinator may give the pool another number. */
  void forgetNumber(long now) {
    number = UNNUMBERED;
    unnumberedSinceNanos = now;
    output.startAnew();
  }

  /** Whether an executor can be started now. */
  boolean canStart(long now) {
    if (now >= noStartBeforeNanos) {
      noStartBeforeNanos = Long.MIN_VALUE;
    }
    boolean initializable = !spec.hasInitializer() || functions.containsKey(INITIALIZER);
    return codeReady && initializable && noStartBeforeNanos == Long.MIN_VALUE;
  }

  boolean ofProcesses() {
    return spec.getMode() == PoolMode.POOL_MODE_PROCESSES;
  }

  long graceNanos() {
    return spec.hasStopGrace() ? Durations.nanos(spec.getStopGrace()) : DEFAULT_GRACE_NANOS;
  }

  /** How many tasks an executor runs in its life. */
  int tasksPerChild() {
    int most = spec.getMaxTasksPerChild();
    return ofProcesses() ? 1 : most == 0 ? Integer.MAX_VALUE : most;
  }

  /** How many slots are taken. */
  int busySlots() {
    int busy = 0;
    for (Pipeline pipeline : pipelines) {
      busy += pipeline.isBusy() ? pipeline.slots() : 0;
    }
    return busy;
  }

  /** Whether an executor could take a task, and has none. */
  boolean hasIdleExecutor() {
    if (busySlots() >= slots) {
      return false;
    }
    for (Pipeline pipeline : pipelines) {
      if (pipeline.isIdle() && pipeline.takesTasks()) {
        return true;
      }
    }
    return false;
  }

  /** How many executors run or may soon run a task. */
  int living() {
    int living = 0;
    for (Pipeline pipeline : pipelines) {
      living += pipeline.state == Pipeline.State.LEAVING ? 0 : 1;
    }
    return living;
  }

  /** An executor could not be made ready: the next one is not tried at once, and ever later. */
  void startFailed(long now) {
    int doublings = Math.min(failedStarts++, MOST_DOUBLINGS);
    noStartBeforeNanos = now + (FIRST_PAUSE_NANOS << doublings);
  }

  void startSucceeded() {
    failedStarts = 0;
    noStartBeforeNanos = Long.MIN_VALUE;
  }

  /** Until when no executor is to be started. */
  long noStartBeforeNanos() {
    return noStartBeforeNanos;
  }

  /** All attempts that are here and have no outcome yet. */
  void addHeld(HeldList held) {
    held.setSlots(slots);
    waiting.runs().forEach(held::add);
    fetching.forEach(held::add);
    for (Pipeline pipeline : pipelines) {
      pipeline.inFlight.runs().forEach(held::add);
    }
  }
}
