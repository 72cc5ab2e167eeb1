package dev.farpool.coordinator.core;

import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.CancelMode;
import dev.farpool.v1.Drain;
import dev.farpool.v1.FunctionDefinition;
import dev.farpool.v1.FunctionsDefined;
import dev.farpool.v1.IndexRange;
import dev.farpool.v1.OutputTaken;
import dev.farpool.v1.PoolOpened;
import dev.farpool.v1.PoolReleased;
import dev.farpool.v1.RecallAttempts;
import dev.farpool.v1.Registered;
import dev.farpool.v1.StartAttempts;
import dev.farpool.v1.StopAttempts;
import dev.farpool.v1.TaskBatch;
import dev.farpool.v1.TraceContext;
import java.util.List;

/**
 * The message to a worker that is being gathered. The worker deals with its parts in the order of
 * the contract: opened, functions, start, stop, released.
 */
final class Outgoing {
  /** A message is sent once it is about this long, so that it stays far below gRPC's limit. */
  static final long FULL_BYTES = 1 << 20;

  private static final int OVERHEAD = 64;

  private final Worker worker;
  private AttachResponse.Builder message = AttachResponse.newBuilder();
  private boolean empty = true;
  private long bytes;
  private long handled;
  private long acknowledged;

  Outgoing(Worker worker) {
    this.worker = worker;
  }

  boolean isFull() {
    return bytes >= FULL_BYTES;
  }

  /** Forgets what was gathered for a connection that is gone. */
  void reset() {
    message = AttachResponse.newBuilder();
    empty = true;
    bytes = 0;
  }

  void registered(Registered registered) {
    builder(OVERHEAD).setRegistered(registered);
  }

  /** A message of the worker was dealt with and is to be acknowledged. */
  void handled(long sequence) {
    handled = Math.max(handled, sequence);
  }

  /** Tells of a pool and its functions what the worker was not told yet. */
  void open(Allotment allotment) {
    Pool pool = allotment.pool;
    if (!allotment.opened) {
      allotment.opened = true;
      PoolOpened.Builder opened =
          PoolOpened.newBuilder()
              .setPool(pool.number)
              .setPoolId(pool.id)
              .setSpec(pool.spec)
              .setOwner(pool.key.owner());
      builder(OVERHEAD + pool.spec.getSerializedSize() + pool.key.owner().length())
          .addOpened(opened);
    }
  }

  void define(Allotment allotment) {
    List<FunctionDefinition> functions = allotment.pool.functions;
    if (allotment.functionsSent < functions.size()) {
      List<FunctionDefinition> news = functions.subList(allotment.functionsSent, functions.size());
      int size = OVERHEAD;
      for (FunctionDefinition function : news) {
        size += function.getSerializedSize();
      }
      builder(size)
          .addFunctions(
              FunctionsDefined.newBuilder().setPool(allotment.pool.number).addAllFunctions(news));
      allotment.functionsSent = functions.size();
    }
  }

  void start(Allotment allotment, Slab slab, long first, int count) {
    TaskBatch.Builder batch =
        TaskBatch.newBuilder().setFirstIndex(first).setOptions(slab.terms.options());
    int from = slab.at(first);
    int traceBytes = 0;
    if (slab.trace != null) {
      TraceContext trace = slab.trace.told(from);
      traceBytes = trace.getSerializedSize();
      batch.setTrace(trace);
    }
    slab.payload.cut(from, from + count, batch);
    builder(OVERHEAD + traceBytes + slab.payload.bytes(from, from + count))
        .addStart(
            StartAttempts.newBuilder()
                .setPool(allotment.pool.number)
                .setSlots(allotment.slots())
                .setAttempt(slab.attempt(first))
                .setBatch(batch));
  }

  void cancel(Pool pool, List<IndexRange> tasks, CancelMode mode) {
    stop(pool, tasks, StopAttempts.newBuilder().setCancel(mode));
  }

  void signal(Pool pool, List<IndexRange> tasks, int signal) {
    stop(pool, tasks, StopAttempts.newBuilder().setSignal(signal));
  }

  private void stop(Pool pool, List<IndexRange> tasks, StopAttempts.Builder stop) {
    builder(OVERHEAD * (long) tasks.size()).addStop(stop.setPool(pool.number).addAllTasks(tasks));
  }

  void recall(Pool pool, List<IndexRange> tasks) {
    builder(OVERHEAD * (long) tasks.size())
        .addRecall(RecallAttempts.newBuilder().setPool(pool.number).addAllTasks(tasks));
  }

  void release(Pool pool, boolean kill) {
    builder(OVERHEAD).addReleased(PoolReleased.newBuilder().setPool(pool.number).setKill(kill));
  }

  /**
   * Tells that a pool will not be opened. What is gathered must be sent before the pool can be,
   * since a message's openings come before.
   */
  void forget(String poolId) {
    builder(OVERHEAD + poolId.length()).addForgotten(poolId);
  }

  void outputTaken(Pool pool, long bytes) {
    builder(OVERHEAD).addOutputTaken(OutputTaken.newBuilder().setPool(pool.number).setBytes(bytes));
  }

  void drain(String reason) {
    builder(OVERHEAD + reason.length()).setDrain(Drain.newBuilder().setReason(reason));
  }

  /** Sends what there is, in one message. */
  void flush(Effects effects) {
    if (worker.connected && (!empty || handled > acknowledged)) {
      acknowledged = handled;
      AttachResponse sent = message.setAcknowledged(acknowledged).build();
      reset();
      if (!effects.send(worker.epoch, sent)) {
        worker.ready = false;
      }
    }
  }

  private AttachResponse.Builder builder(long size) {
    empty = false;
    bytes += size;
    return message;
  }
}
