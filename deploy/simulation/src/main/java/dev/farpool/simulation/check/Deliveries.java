package dev.farpool.simulation.check;

import dev.farpool.core.Outcome;
import dev.farpool.simulation.node.BlobShelf;
import dev.farpool.simulation.work.ResultStamp;
import dev.farpool.simulation.work.TaskScript.Ending;
import dev.farpool.v1.ExitStatus;
import dev.farpool.v1.Failure;
import dev.farpool.v1.TaskOutput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What users get: one outcome for each task, and one that what really happened explains. */
public final class Deliveries {
  private static final int DEFAULT_ATTEMPTS = 3;

  private final Ledger ledger;
  private final BlobShelf blobs;
  private final boolean undisturbed;
  private final boolean startsFail;
  private final Map<String, Integer> printed = new HashMap<>();

  /**
   * @param undisturbed whether nothing goes wrong but what tasks do
   * @param startsFail whether executors sometimes cannot be started
   */
  public Deliveries(Ledger ledger, BlobShelf blobs, boolean undisturbed, boolean startsFail) {
    this.ledger = ledger;
    this.blobs = blobs;
    this.undisturbed = undisturbed;
    this.startsFail = startsFail;
  }

  /** A user has got the outcome of a task. */
  public void delivered(TaskFacts task, Outcome outcome) {
    if (task.isOver()) {
      ledger.violated("I3", task + " has a second outcome: " + outcome);
    }
    task.setOver(ledger.now());
    if (task.pool().hasEnded()) {
      ledger.violated("I10", task + " gets its outcome after its pool's end: " + outcome);
    }
    if (outcome instanceof Outcome.Encoded encoded) {
      returned(task, encoded.bytes());
    } else if (outcome instanceof Outcome.Blob blob) {
      returned(task, blobs.get(blob.blob()).toByteArray());
    } else if (outcome instanceof Outcome.Exited exited) {
      exited(task, exited.status());
    } else if (outcome instanceof Outcome.Failed failed) {
      failed(task, failed.failure());
    } else {
      ledger.violated("I1", task + " was refused: " + outcome);
    }
  }

  private void require(boolean held, TaskFacts task, String invariant, Object outcome) {
    if (!held) {
      ledger.violated(invariant, task + " cannot have " + outcome + " after " + task.runs);
    }
  }

  private void returned(TaskFacts task, byte[] bytes) {
    ResultStamp stamp = ResultStamp.decode(bytes);
    require(stamp.tag() == task.script().tag(), task, "I11", stamp);
    Run run = ledger.run(stamp.run());
    require(run != null && run.task == task && !run.isRunning() && !run.died, task, "I2", stamp);
    require(!task.cancelAcknowledged, task, "I12", stamp);
  }

  private void exited(TaskFacts task, ExitStatus status) {
    require(task.pool().plan().ofProcesses(), task, "I2", status);
    require(task.runs.size() == 1 && task.runs.get(0).died, task, "I2", status);
    require(!task.cancelAcknowledged, task, "I12", status);
    if (undisturbed && status.hasCode()) {
      Ending ending = task.script().ending();
      int code = ending == Ending.RETURNS ? 0 : ending == Ending.EXITS ? 3 : 1;
      require(status.getCode() == code, task, "I2", status);
    }
  }

  private void failed(TaskFacts task, Failure failure) {
    boolean explained =
        switch (failure.getKind()) {
          case KIND_EXCEPTION -> task.script().ending() == Ending.THROWS && !task.runs.isEmpty();
          case KIND_PROCESS_DIED -> attemptsUsedUp(task, failure) && hasDied(task);
          case KIND_WORKER_LOST -> !undisturbed && attemptsUsedUp(task, failure);
          case KIND_TIMEOUT -> task.terms().timeoutMillis() > 0 && !task.runs.isEmpty();
          case KIND_QUEUE_TIMEOUT -> task.terms().queueTimeoutMillis() > 0;
          case KIND_CANCELLED -> task.cancelAsked;
          case KIND_POOL_TERMINATED -> task.pool().isTerminateAsked();
          case KIND_POOL_BROKEN -> task.pool().plan().broken() || startsFail;
          default -> false;
        };
    String invariant = failure.getKind() == Failure.Kind.KIND_PROCESS_DIED ? "I13" : "I2";
    require(explained, task, invariant, failure);
    boolean cancelled =
        failure.getKind() == Failure.Kind.KIND_CANCELLED
            || failure.getKind() == Failure.Kind.KIND_POOL_TERMINATED;
    require(cancelled || !task.cancelAcknowledged, task, "I12", failure);
  }

  private static boolean attemptsUsedUp(TaskFacts task, Failure failure) {
    int asked = task.terms().maxAttempts();
    int most = task.mayStartOnce() ? 1 : asked == 0 ? DEFAULT_ATTEMPTS : asked;
    return failure.getAttempts() >= most || task.mayStartOnce();
  }

  private static boolean hasDied(TaskFacts task) {
    return task.runs.stream().anyMatch(run -> run.died) || task.mayStartOnce() || task.cancelAsked;
  }

  /** A user was told that a cancel has done something to the only task it was for. */
  public void cancelAcknowledged(TaskFacts task) {
    if (!task.isOver()) {
      task.cancelAcknowledged = true;
    }
  }

  /** A user sees what tasks printed: of each attempt line after line, and no line twice. */
  public void printed(PoolFacts pool, List<TaskOutput> output) {
    for (TaskOutput piece : output) {
      for (String line : piece.getData().toStringUtf8().lines().toList()) {
        List<String> words = List.of(line.split(" ", -1));
        TaskFacts task = ledger.task(Integer.parseInt(words.get(0)));
        int number = Integer.parseInt(words.get(2));
        Integer last = printed.put(words.get(0) + " " + words.get(1), number);
        if (last != null && number <= last) {
          ledger.violated("output", task + " printed line " + number + " after line " + last);
        }
        if (task.pool() != pool || task.isOver()) {
          ledger.violated("output", task + " prints in pool " + pool.id() + ", or after its end");
        }
      }
    }
  }

  /** A user was told that a pool has ended. */
  public void ended(PoolFacts pool) {
    if (pool.hasEnded()) {
      ledger.violated("I10", "pool " + pool.id() + " ends twice");
    }
    pool.setEnded();
    for (TaskFacts task : pool.tasks()) {
      if (!task.isOver()) {
        ledger.violated("I10", "pool " + pool.id() + " has ended, but not " + task);
      }
    }
  }
}
