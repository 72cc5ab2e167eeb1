package dev.farpool.worker.core;

import dev.farpool.v1.ExitStatus;
import dev.farpool.v1.Failure;
import dev.farpool.v1.Failure.Kind;

/** The failures that an agent finds, as texts for people. */
final class Failures {
  /** The pool has ended, and what ran of it with it. */
  static final Failure RELEASED = of(Kind.KIND_POOL_TERMINATED, "the pool was terminated");

  private Failures() {}

  static ExitStatus exitStatus(ExecutorExit exit) {
    ExitStatus.Builder status = ExitStatus.newBuilder();
    return exit.killedBy() > 0
        ? status.setSignal(exit.killedBy()).build()
        : status.setCode(exit.code()).build();
  }

  /** The executor died under its task. */
  static Failure died(ExecutorExit exit) {
    Failure.Builder failure = Failure.newBuilder().setExit(exitStatus(exit));
    failure.setStderrTail(exit.stderr()).setPid(exit.pid());
    if (exit.outOfMemory()) {
      return failure
          .setKind(Kind.KIND_OUT_OF_MEMORY)
          .setMessage("the process of the task " + howItEnded(exit))
          .build();
    }
    return failure
        .setKind(Kind.KIND_PROCESS_DIED)
        .setMessage("the process of the task " + howItEnded(exit) + " before it gave a result")
        .build();
  }

  /** The executor died after its task, of which there must be no second start. */
  static Failure resultLost(ExecutorExit exit) {
    return died(exit).toBuilder()
        .setKind(Kind.KIND_PROCESS_DIED)
        .setMessage("the task ended, but its process died before its result was sent")
        .build();
  }

  /** The executor died before it was ready. */
  static Failure notReady(ExecutorExit exit) {
    String message =
        exit.code() < 0
            ? "no executor could be started: " + exit.stderr()
            : "an executor " + howItEnded(exit) + " before it was ready" + firstWords(exit);
    Failure.Builder failure = Failure.newBuilder().setKind(Kind.KIND_PROCESS_DIED);
    if (exit.code() >= 0) {
      failure.setExit(exitStatus(exit)).setStderrTail(exit.stderr());
    }
    return failure.setMessage(message).setPid(exit.pid()).build();
  }

  /** The pool's code could not be fetched. */
  static Failure noCode(String reason) {
    return of(Kind.KIND_CODE_NOT_FOUND, "the pool's code could not be fetched: " + reason);
  }

  /** An argument or a function could not be fetched. */
  static Failure noBlob(String reason) {
    return of(Kind.KIND_PROCESS_DIED, "what a task needs could not be fetched: " + reason);
  }

  /** The coordinator refuses a result. */
  static Failure notTaken(String reason) {
    return of(Kind.KIND_RESULT_TOO_LARGE, "the result could not be stored: " + reason);
  }

  /** A result that is there could not be told: the attempt is lost, whoever is to blame. */
  static Failure notStored(String reason) {
    return of(Kind.KIND_PROCESS_DIED, "the result could not be stored: " + reason);
  }

  static Failure of(Kind kind, String message) {
    return Failure.newBuilder().setKind(kind).setMessage(message).build();
  }

  /** What the JVM says first is why it does not start. */
  private static String firstWords(ExecutorExit exit) {
    String words = exit.stderr().strip();
    int end = words.indexOf('\n');
    return words.isEmpty() ? "" : ": " + (end < 0 ? words : words.substring(0, end));
  }

  private static String howItEnded(ExecutorExit exit) {
    if (exit.outOfMemory()) {
      return exit.killedBy() > 0
          ? "was killed by the kernel for want of memory"
          : "ran out of memory";
    }
    return exit.killedBy() > 0
        ? "was killed by signal " + exit.killedBy()
        : "exited with code " + exit.code();
  }
}
