package dev.farpool.coordinator.core;

import dev.farpool.v1.Failure;

/** Why tasks have no result, in the cases that the coordinator decides. */
final class Failures {
  static final Failure CANCELLED =
      of(Failure.Kind.KIND_CANCELLED, "the task was cancelled by its client");

  static final Failure TERMINATED =
      of(Failure.Kind.KIND_POOL_TERMINATED, "the pool was terminated before the task had ended");

  static final Failure SESSION_ENDED =
      of(
          Failure.Kind.KIND_POOL_TERMINATED,
          "the pool was terminated because the session of its client ended");

  static final Failure COORDINATOR_LOST =
      of(
          Failure.Kind.KIND_WORKER_LOST,
          "the coordinator was restarted, and no worker that came back had the task; it must not be"
              + " started twice, and may have been started before");

  private Failures() {}

  static Failure queueTimeout(Terms terms) {
    return of(
        Failure.Kind.KIND_QUEUE_TIMEOUT,
        "the task waited longer than its queue_timeout of "
            + seconds(terms.queueTimeoutNanos())
            + " and was never started");
  }

  static Failure workerLost(Worker worker, int attempts) {
    return of(
            Failure.Kind.KIND_WORKER_LOST,
            "worker " + worker.name() + " on " + worker.host() + " was lost while it held the task")
        .toBuilder()
        .setHost(worker.host())
        .setAttempts(attempts)
        .build();
  }

  /** What tasks of a broken pool get: the cause, its exception included, as the reason. */
  static Failure broken(Failure cause) {
    return cause.toBuilder().setKind(Failure.Kind.KIND_POOL_BROKEN).build();
  }

  static Failure withAttempts(Failure failure, int attempts) {
    return failure.getAttempts() == attempts
        ? failure
        : failure.toBuilder().setAttempts(attempts).build();
  }

  /** Whether the attempt ended without an answer, so that another may be made. */
  static boolean isLostAttempt(Failure failure) {
    return failure.getKind() == Failure.Kind.KIND_PROCESS_DIED
        || failure.getKind() == Failure.Kind.KIND_OUT_OF_MEMORY;
  }

  static String seconds(long nanos) {
    long tenths = Math.round(nanos / 1e8);
    return tenths % 10 == 0 ? tenths / 10 + " s" : tenths / 10 + "." + tenths % 10 + " s";
  }

  private static Failure of(Failure.Kind kind, String message) {
    return Failure.newBuilder().setKind(kind).setMessage(message).build();
  }
}
