package dev.farpool;

import dev.farpool.call.JavaCalls;
import dev.farpool.core.Outcome;
import dev.farpool.core.TaskSink;
import java.util.concurrent.CompletionStage;

/** The result of one task. Small, as there are millions of them. */
final class TaskResult<R> extends AsyncResult<R> implements TaskSink {
  private volatile long index;
  private volatile Outcome outcome;

  TaskResult(PoolBackend backend, Callbacks<R> callbacks) {
    super(backend, callbacks);
  }

  @Override
  public void indexed(long index) {
    this.index = index;
  }

  @Override
  public void accept(Outcome outcome) {
    this.outcome = outcome;
    arrived();
  }

  @Override
  Settled<R> decode() {
    Settled<R> settled = backend().settle(outcome, this::value);
    outcome = null;
    return settled;
  }

  @SuppressWarnings("unchecked") // The types were checked where the call was written.
  private R value(byte[] encoded) {
    return (R) JavaCalls.decode(encoded, backend().failures().filter());
  }

  @Override
  CompletionStage<Boolean> cancelTasks(CancelMode mode) {
    return backend().link().calls().cancel(Wire.message(mode), index);
  }

  @Override
  CompletionStage<String> explanation() {
    return backend().link().calls().explain(index);
  }

  @Override
  public String toString() {
    return "<AsyncResult of task " + index + ">";
  }
}
