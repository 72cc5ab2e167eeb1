package dev.farpool.worker.core;

import com.google.protobuf.ByteString;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttemptNotes;
import dev.farpool.v1.AttemptsFinished;
import dev.farpool.v1.AttemptsReturned;
import dev.farpool.v1.AttemptsStarted;
import dev.farpool.v1.BlobRef;
import dev.farpool.v1.ExecutorFailed;
import dev.farpool.v1.Failure;
import dev.farpool.v1.Failure.Kind;
import dev.farpool.v1.HeldAttempts;
import dev.farpool.v1.ResultBlock;
import dev.farpool.v1.TaskNote;
import dev.farpool.v1.TaskResult;
import dev.farpool.v1.TaskStarted;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the agent has to tell the coordinator, in the words of the contract. */
final class Reports {
  /** A result that goes as a blob; its bytes are kept until the coordinator knows of it. */
  record Upload(HeldPool pool, long index, int attempt, ByteString bytes, long ranNanos) {}

  private record Started(HeldPool pool, TaskStarted start) {}

  private record Noted(HeldPool pool, TaskNote note) {}

  private record Failed(HeldPool pool, Failure failure, boolean initializer) {}

  /** More that wait are not kept; one or two of a task are usual. */
  private static final int MOST_NOTES = 1_000;

  final Outbox outbox = new Outbox();
  final OutputQueue output;

  private final Identity identity;
  private final Effects effects;
  private final List<Started> started = new ArrayList<>();
  private final Deque<Noted> notes = new ArrayDeque<>();
  private final List<Failed> failed = new ArrayList<>();
  private final Map<Long, Upload> uploads = new LinkedHashMap<>();
  private long lastUpload;
  private int maxInlineBytes = Integer.MAX_VALUE;

  Reports(Identity identity, Effects effects) {
    this.identity = identity;
    this.effects = effects;
    this.output = new OutputQueue(effects);
  }

  void setMaxInlineBytes(int bytes) {
    maxInlineBytes = bytes;
  }

  /** Whether something can be told now. */
  boolean isWaiting() {
    boolean news = !started.isEmpty() || !notes.isEmpty() || !failed.isEmpty();
    return news || outbox.isWaiting() || output.isWaiting();
  }

  /** Whether everything was told, acknowledged, and nothing is being stored. */
  boolean isEmpty() {
    return outbox.isEmpty() && uploads.isEmpty() && output.isEmpty() && !isWaiting();
  }

  /**
   * Results of calls, in the order of {@code runs}; the large ones are stored first.
   *
   * @param ranNanos how long they ran together
   */
  void results(HeldPool pool, List<TaskRun> runs, int[] sizes, ByteString values, long ranNanos) {
    ResultBlock.Builder block = ResultBlock.newBuilder();
    AttemptsFinished.Builder finished = AttemptsFinished.newBuilder();
    boolean onlyFirstAttempts = true;
    List<ByteString> inline = new ArrayList<>();
    int at = 0;
    int inlineFrom = 0;
    int i = 0;
    for (TaskRun run : runs) {
      for (long index = run.firstIndex(); index < run.endIndex(); index++, i++) {
        if (sizes[i] > maxInlineBytes) {
          inline.add(values.substring(inlineFrom, at));
          inlineFrom = at + sizes[i];
          ByteString bytes = values.substring(at, inlineFrom);
          upload(new Upload(pool, index, run.attempt(), bytes, ranNanos / sizes.length));
        } else {
          block.addIndexes(index).addSizes(sizes[i]);
          finished.addBlockAttempts(run.attempt());
          onlyFirstAttempts &= run.attempt() == 1;
        }
        at += sizes[i];
      }
    }
    if (block.getIndexesCount() > 0) {
      inline.add(values.substring(inlineFrom));
      block.setValues(ByteString.copyFrom(inline));
      if (onlyFirstAttempts) {
        finished.clearBlockAttempts();
      }
      finished.setRanNanos(ranNanos / sizes.length * block.getIndexesCount());
      outbox.finished(pool, finished.setBlock(block).build());
    }
  }

  /**
   * The outcome of one task.
   *
   * @param ranNanos how long it ran; 0 where that is not known
   */
  void outcome(HeldPool pool, int attempt, TaskResult result, long ranNanos) {
    if (result.getSerializedSize() > maxInlineBytes + 128L * 1024) {
      String message =
          "the result has "
              + result.getSerializedSize()
              + " bytes, at most "
              + maxInlineBytes
              + " are possible for a static method";
      failure(
          pool, result.getIndex(), attempt, Failures.of(Kind.KIND_RESULT_TOO_LARGE, message), 0);
      return;
    }
    outbox.finished(pool, finished(attempt, result, ranNanos));
  }

  private static AttemptsFinished finished(int attempt, TaskResult result, long ranNanos) {
    AttemptsFinished.Builder finished =
        AttemptsFinished.newBuilder().addResults(result).setRanNanos(ranNanos);
    if (attempt != 1) {
      finished.addResultAttempts(attempt);
    }
    return finished.build();
  }

  /** The failure of one task, with what is known here of where it happened. */
  void failure(HeldPool pool, long index, int attempt, Failure failure, long pid) {
    failure(pool, index, attempt, failure, pid, 0);
  }

  /**
   * The same of a task that ended by itself.
   *
   * @param ranNanos how long it ran
   */
  void failure(HeldPool pool, long index, int attempt, Failure failure, long pid, long ranNanos) {
    Failure.Builder complete = failure.toBuilder().setHost(identity.host());
    if (pid != 0) {
      complete.setPid(pid);
    }
    TaskResult result = TaskResult.newBuilder().setIndex(index).setFailure(complete).build();
    outcome(pool, attempt, result, ranNanos);
  }

  /** The same failure of several tasks. */
  void failures(HeldPool pool, TaskRun run, Failure failure, long pid) {
    for (long index = run.firstIndex(); index < run.endIndex(); index++) {
      failure(pool, index, run.attempt(), failure, pid);
    }
  }

  /** Tasks that go back to the coordinator, not started. */
  void returned(HeldPool pool, List<TaskRun> runs) {
    AttemptsReturned.Builder returned = AttemptsReturned.newBuilder();
    for (TaskRun run : runs) {
      for (long index = run.firstIndex(); index < run.endIndex(); index++) {
        returned.addIndexes(index).addAttempts(run.attempt());
      }
    }
    if (returned.getIndexesCount() > 0) {
      outbox.returned(pool, returned.build());
    }
  }

  /** A batch that goes back as it came. */
  void returned(HeldPool pool, IncompleteBatch batch) {
    AttemptsReturned.Builder returned = AttemptsReturned.newBuilder();
    for (long index = batch.firstIndex(); index < batch.endIndex(); index++) {
      returned.addIndexes(index).addAttempts(batch.attempt());
    }
    outbox.returned(pool, returned.build());
  }

  void started(HeldPool pool, long index, int attempt, long pid) {
    TaskStarted.Builder start = TaskStarted.newBuilder().setIndex(index).setAttempt(attempt);
    started.add(new Started(pool, start.setHost(identity.host()).setPid(pid).build()));
  }

  /** What the codec tells of a task that runs; the oldest is forgotten where there is too much. */
  void noted(HeldPool pool, long index, int attempt, ByteString data) {
    if (notes.size() == MOST_NOTES) {
      notes.removeFirst();
    }
    TaskNote.Builder note = TaskNote.newBuilder().setIndex(index).setAttempt(attempt);
    notes.addLast(new Noted(pool, note.setData(data).build()));
  }

  void executorFailed(HeldPool pool, Failure failure, boolean initializer) {
    Failure complete = failure.toBuilder().setHost(identity.host()).build();
    failed.add(new Failed(pool, complete, initializer));
  }

  /** A stored result can be told now. */
  void uploaded(long id, BlobRef blob) {
    Upload upload = uploads.remove(id);
    if (upload != null) {
      TaskResult result = TaskResult.newBuilder().setIndex(upload.index()).setBlob(blob).build();
      outbox.stored(upload, finished(upload.attempt(), result, upload.ranNanos()));
    }
  }

  /** A result cannot be stored. */
  void uploadFailed(long id, Failure failure) {
    Upload upload = uploads.remove(id);
    if (upload != null) {
      failure(upload.pool(), upload.index(), upload.attempt(), failure, 0);
    }
  }

  /** What another coordinator stored may be gone with it. */
  void storeAgain() {
    outbox.takeStored().forEach(this::upload);
  }

  /** Everything that concerns a pool is of no use any more. */
  void drop(HeldPool pool) {
    outbox.drop(pool);
    output.drop(pool);
    started.removeIf(entry -> entry.pool() == pool);
    notes.removeIf(entry -> entry.pool() == pool);
    failed.removeIf(entry -> entry.pool() == pool);
    uploads.values().removeIf(upload -> upload.pool() == pool);
  }

  /** The attempts of all pools that are here, with or without an outcome. */
  List<HeldAttempts> held(Collection<HeldPool> pools) {
    List<HeldAttempts> all = new ArrayList<>();
    for (HeldPool pool : pools) {
      HeldList held = held(pool);
      if (!held.isEmpty()) {
        all.add(held.build());
      }
    }
    return all;
  }

  /** The attempts of a pool that are here; none if it has ended. */
  HeldList held(HeldPool pool) {
    HeldList held = new HeldList(pool.id);
    if (!pool.released) {
      pool.addHeld(held);
      outbox.addHeld(pool, held);
      for (Upload upload : uploads.values()) {
        if (upload.pool() == pool) {
          held.add(upload.index(), upload.attempt());
        }
      }
    }
    return held;
  }

  /** Completes a message with what waits; what was printed before an outcome goes before it. */
  AttachRequest fill(AttachRequest.Builder message, long now) {
    for (Started entry : started) {
      if (entry.pool().isNumbered()) {
        message.addStarted(
            AttemptsStarted.newBuilder().setPool(entry.pool().number()).addStarts(entry.start()));
      }
    }
    started.clear();
    for (Noted entry : notes) {
      if (entry.pool().isNumbered()) {
        message.addNotes(
            AttemptNotes.newBuilder().setPool(entry.pool().number()).addNotes(entry.note()));
      }
    }
    notes.clear();
    for (Failed entry : failed) {
      if (entry.pool().isNumbered()) {
        message.addFailed(
            ExecutorFailed.newBuilder()
                .setPool(entry.pool().number())
                .setFailure(entry.failure())
                .setInitializer(entry.initializer()));
      }
    }
    failed.clear();
    output.fill(message);
    return outbox.fill(message, now);
  }

  private void upload(Upload upload) {
    uploads.put(++lastUpload, upload);
    effects.upload(lastUpload, upload.bytes());
  }
}
