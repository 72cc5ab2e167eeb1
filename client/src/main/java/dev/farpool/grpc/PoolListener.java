package dev.farpool.grpc;

import dev.farpool.v1.PoolEnded;
import dev.farpool.v1.TaskOutput;
import dev.farpool.v1.TaskStarted;
import java.util.List;
import java.util.concurrent.Executor;

/** Whom a pool's link tells what happens besides outcomes. */
public interface PoolListener {
  /** The thread that shows output; it may wait, and results behind the output wait with it. */
  Executor outputThread();

  /** Tasks printed. On the output thread, before the results that came with it. */
  void printed(List<TaskOutput> output);

  /** Tasks were started. Must not wait. */
  void started(List<TaskStarted> starts);

  /** The pool has ended; all outcomes were delivered before. Must not wait. */
  void ended(PoolEnded ended);
}
