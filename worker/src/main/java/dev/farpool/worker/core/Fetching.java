package dev.farpool.worker.core;

import com.google.protobuf.ByteString;
import dev.farpool.v1.BlobRef;
import dev.farpool.v1.Failure;
import dev.farpool.v1.Failure.Kind;
import dev.farpool.v1.FunctionDefinition;
import dev.farpool.v1.JavaCalls;
import dev.farpool.v1.StartAttempts;
import dev.farpool.v1.TaskBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Blobs that tasks need before an executor can have them: arguments, and definitions of functions.
 * Arguments are kept only until their task is made from them.
 */
final class Fetching {
  private final Effects effects;
  private final Map<BlobRef, ByteString> arrived = new HashMap<>();
  private final Map<BlobRef, Integer> wanted = new HashMap<>();

  Fetching(Effects effects) {
    this.effects = effects;
  }

  /** How many tasks a batch has. */
  static int count(TaskBatch batch) {
    return switch (batch.getTasksCase()) {
      case JAVA -> batch.getJava().hasArgumentBlob() ? 1 : batch.getJava().getSizesCount();
      case STATIC_METHODS -> batch.getStaticMethods().getCallsCount();
      case COMMANDS -> batch.getCommands().getCommandsCount();
      case TASKS_NOT_SET -> 0;
    };
  }

  /** Takes a function of a pool; its definition may have to come first. */
  void define(HeldPool pool, FunctionDefinition function) {
    if (function.hasBlob()) {
      want(function.getBlob());
      pool.functionBlobs.put(function.getNumber(), function.getBlob());
    } else {
      pool.functions.put(function.getNumber(), function.getInline());
    }
  }

  /** Takes tasks; they wait at their place in the queue, or aside for what they need. */
  void start(HeldPool pool, StartAttempts start) {
    if (start.getBatch().getJava().hasArgumentBlob()) {
      want(start.getBatch().getJava().getArgumentBlob());
    }
    pool.fetching.add(start);
    release(pool);
  }

  /** A blob has come. */
  void arrived(BlobRef blob, ByteString bytes, Iterable<HeldPool> pools) {
    arrived.put(blob, bytes);
    for (HeldPool pool : pools) {
      for (int function : definedBy(pool, blob)) {
        pool.functions.put(function, bytes);
        unwant(blob);
      }
      release(pool);
    }
    if (!wanted.containsKey(blob)) {
      arrived.remove(blob);
    }
  }

  /** A blob will not come: the tasks that need it fail. */
  void failed(BlobRef blob, String reason, Iterable<HeldPool> pools, Reports reports) {
    for (HeldPool pool : pools) {
      for (StartAttempts start : List.copyOf(pool.fetching)) {
        JavaCalls calls = start.getBatch().getJava();
        if (calls.hasArgumentBlob() && calls.getArgumentBlob().equals(blob)) {
          fail(pool, start, Kind.KIND_BAD_ARGUMENTS, "the argument " + reason, reports);
        } else if (blob.equals(pool.functionBlobs.get(calls.getFunction()))) {
          fail(pool, start, Kind.KIND_CODE_NOT_FOUND, "the function " + reason, reports);
        }
      }
      definedBy(pool, blob).forEach(function -> unwant(blob));
    }
  }

  private void fail(
      HeldPool pool, StartAttempts start, Kind kind, String message, Reports reports) {
    pool.fetching.remove(start);
    forget(start);
    long first = start.getBatch().getFirstIndex();
    Failure failure = Failures.of(kind, message);
    for (int i = 0; i < count(start.getBatch()); i++) {
      reports.failure(pool, first + i, start.getAttempt(), failure, 0);
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
    pool.functionBlobs.keySet().removeAll(numbers);
    return numbers;
  }

  /** The tasks of a batch will not be run here. */
  void forget(StartAttempts start) {
    if (start.getBatch().getJava().hasArgumentBlob()) {
      unwant(start.getBatch().getJava().getArgumentBlob());
    }
  }

  private void release(HeldPool pool) {
    for (Iterator<StartAttempts> all = pool.fetching.iterator(); all.hasNext(); ) {
      StartAttempts start = all.next();
      if (isComplete(pool, start)) {
        all.remove();
        ByteString argument = arrived.get(start.getBatch().getJava().getArgumentBlob());
        pool.waiting.add(Batch.of(start.getBatch(), start.getAttempt(), argument).whole());
        forget(start);
      }
    }
  }

  private boolean isComplete(HeldPool pool, StartAttempts start) {
    TaskBatch batch = start.getBatch();
    if (!batch.hasJava()) {
      return true;
    }
    boolean blobMissing =
        batch.getJava().hasArgumentBlob()
            && !arrived.containsKey(batch.getJava().getArgumentBlob());
    boolean functionMissing = pool.functionBlobs.containsKey(batch.getJava().getFunction());
    return !blobMissing && !functionMissing;
  }

  private void want(BlobRef blob) {
    if (wanted.merge(blob, 1, Integer::sum) == 1) {
      effects.fetchBlob(blob);
    }
  }

  private void unwant(BlobRef blob) {
    if (wanted.merge(blob, -1, Integer::sum) == 0) {
      wanted.remove(blob);
      arrived.remove(blob);
    }
  }
}
