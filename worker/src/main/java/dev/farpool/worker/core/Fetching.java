package dev.farpool.worker.core;

import com.google.protobuf.ByteString;
import dev.farpool.v1.BlobRef;
import dev.farpool.v1.CancelMode;
import dev.farpool.v1.Failure;
import dev.farpool.v1.Failure.Kind;
import dev.farpool.v1.FunctionDefinition;
import dev.farpool.v1.StartAttempts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Blobs that tasks need before an executor can have them: arguments, and definitions of functions.
 * Arguments are kept only until their task is made from them.
 */
final class Fetching {
  private final Effects effects;
  private final Reports reports;
  private final Stopper stopper;
  private final Traces traces;

  /** The blobs on their way; each comes, or is told not to come. */
  private final Set<BlobRef> coming = new HashSet<>();

  Fetching(Effects effects, Reports reports, Stopper stopper, Traces traces) {
    this.effects = effects;
    this.reports = reports;
    this.stopper = stopper;
    this.traces = traces;
  }

  /**
   * Takes a function of a pool; its definition may have to come first. After a reconnect it is told
   * again.
   */
  void define(HeldPool pool, FunctionDefinition function) {
    int number = function.getNumber();
    if (pool.functions.containsKey(number)) {
      return;
    }
    if (function.hasBlob()) {
      pool.functionBlobs.put(number, function.getBlob());
      want(function.getBlob());
    } else {
      pool.functions.put(number, function.getInline());
    }
  }

  /** Takes tasks; they wait at their place in the queue, or aside for what they need. */
  void start(HeldPool pool, StartAttempts start) {
    IncompleteBatch batch = new IncompleteBatch(start, traces);
    pool.fetching.add(batch);
    want(batch.missingArgument());
    want(batch.missingFunction(pool));
    want(pool.functionBlobs.get(HeldPool.INITIALIZER));
    release(pool);
  }

  private void want(BlobRef blob) {
    if (blob != null && coming.add(blob)) {
      effects.fetchBlob(blob);
    }
  }

  /** A blob has come. */
  void arrived(BlobRef blob, ByteString bytes, Iterable<HeldPool> pools) {
    coming.remove(blob);
    for (HeldPool pool : pools) {
      for (int function : definedBy(pool, blob)) {
        pool.functionBlobs.remove(function);
        pool.functions.put(function, bytes);
      }
      for (IncompleteBatch batch : pool.fetching) {
        if (blob.equals(batch.missingArgument())) {
          batch.argument(bytes);
        }
      }
      release(pool);
    }
  }

  /** There is no such blob: the tasks that need it fail. */
  void failed(BlobRef blob, String reason, Iterable<HeldPool> pools) {
    coming.remove(blob);
    for (HeldPool pool : pools) {
      for (IncompleteBatch batch : List.copyOf(pool.fetching)) {
        if (blob.equals(batch.missingArgument())) {
          fail(pool, batch, Failures.of(Kind.KIND_BAD_ARGUMENTS, "the argument " + reason));
        } else if (batch.lacks(pool, blob)) {
          fail(pool, batch, Failures.of(Kind.KIND_CODE_NOT_FOUND, "the function " + reason));
        }
      }
      if (isInitializer(pool, blob)) {
        withoutInitializer(pool, reason);
      }
    }
  }

  /** A blob cannot be had now: the tasks that need it go back, and the next ones try again. */
  void unavailable(BlobRef blob, String reason, Iterable<HeldPool> pools) {
    coming.remove(blob);
    for (HeldPool pool : pools) {
      for (IncompleteBatch batch : List.copyOf(pool.fetching)) {
        if (batch.lacks(pool, blob)) {
          reports.executorFailed(pool, Failures.noBlob(reason), false);
          giveBack(pool, batch);
        }
      }
      if (isInitializer(pool, blob)) {
        withoutInitializer(pool, reason);
      }
    }
  }

  /** No executor of the pool can be started. */
  private void withoutInitializer(HeldPool pool, String reason) {
    reports.executorFailed(pool, Failures.noCode(reason), false);
    reports.returned(pool, pool.waiting.removeAll());
    giveBack(pool, 0, Long.MAX_VALUE);
  }

  private static boolean isInitializer(HeldPool pool, BlobRef blob) {
    return !pool.released && blob.equals(pool.functionBlobs.get(HeldPool.INITIALIZER));
  }

  /**
   * Cancels tasks that wait here; of a batch that is not cancelled as a whole, when it is there.
   */
  void cancel(HeldPool pool, long first, long end, CancelMode mode) {
    for (IncompleteBatch batch : List.copyOf(pool.fetching)) {
      if (first <= batch.firstIndex() && batch.endIndex() <= end) {
        fail(pool, batch, Stopper.CANCELLED);
        continue;
      }
      long last = Math.min(end, batch.endIndex());
      for (long index = Math.max(first, batch.firstIndex()); index < last; index++) {
        pool.doomed.put(index, mode);
      }
    }
  }

  /** Gives back the batches that wait here and lie within a range. */
  void giveBack(HeldPool pool, long first, long end) {
    for (IncompleteBatch batch : List.copyOf(pool.fetching)) {
      if (first <= batch.firstIndex() && batch.endIndex() <= end) {
        giveBack(pool, batch);
      }
    }
  }

  private void giveBack(HeldPool pool, IncompleteBatch batch) {
    pool.fetching.remove(batch);
    reports.returned(pool, batch);
  }

  private void fail(HeldPool pool, IncompleteBatch batch, Failure failure) {
    pool.fetching.remove(batch);
    for (long index = batch.firstIndex(); index < batch.endIndex(); index++) {
      reports.failure(pool, index, batch.attempt(), failure, 0);
    }
  }

  private static List<Integer> definedBy(HeldPool pool, BlobRef blob) {
    List<Integer> numbers = new ArrayList<>();
    pool.functionBlobs.forEach(
        (number, definition) -> {
          if (definition.equals(blob)) {
            numbers.add(number);
          }
        });
    return numbers;
  }

  private void release(HeldPool pool) {
    for (IncompleteBatch batch : List.copyOf(pool.fetching)) {
      if (batch.isComplete(pool)) {
        pool.fetching.remove(batch);
        stopper.withoutDoomed(pool, List.of(batch.tasks())).forEach(pool.waiting::add);
      }
    }
  }
}
