package dev.farpool.browser;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.farpool.v1.ActivityInterval;
import dev.farpool.v1.Failure;
import dev.farpool.v1.GetActivityResponse;
import dev.farpool.v1.GetStatusResponse;
import dev.farpool.v1.GetTaskResponse;
import dev.farpool.v1.ListTasksResponse;
import dev.farpool.v1.OutputPiece;
import dev.farpool.v1.PoolStatus;
import dev.farpool.v1.TaskStatus;
import dev.farpool.v1.WorkerActivity;
import dev.farpool.v1.WorkerStatus;
import java.time.Instant;

/** What clusters may look like that nobody wants to start for a test. */
final class Stages {
  private static final int HOUR = 360;
  private static final int CORES = 64;

  private Stages() {}

  /** A thousand workers with 64 cores that are all taken, a million tasks, and an hour of it. */
  static void fill(StagedCluster cluster) {
    Instant now = Instant.now();
    GetStatusResponse.Builder status = GetStatusResponse.newBuilder().setCoordinatorId("staged");
    GetActivityResponse.Builder activity =
        GetActivityResponse.newBuilder().setCoordinatorId("staged");
    for (int i = 0; i < 1000; i++) {
      String name = String.format("w%04d", i);
      status.addWorkers(
          WorkerStatus.newBuilder()
              .setName(name)
              .setHost("host")
              .setState(WorkerStatus.State.STATE_ACTIVE)
              .setCores(CORES)
              .setBusy(CORES));
      activity.addWorkers(busy(name, i < 100 ? CORES : 0, now));
    }
    for (int i = 0; i < 100; i++) {
      status.addPools(
          PoolStatus.newBuilder()
              .setPoolId("pool-" + i)
              .setState(PoolStatus.State.STATE_RUN)
              .setProcesses(CORES)
              .setWaiting(1_000_000)
              .setSucceeded(234_567));
    }
    for (int i = 1; i <= HOUR; i++) {
      activity.addIntervals(
          ActivityInterval.newBuilder()
              .setNumber(i)
              .setStart(time(now.minusSeconds(10L * (HOUR + 1 - i))))
              .setLength(Duration.newBuilder().setSeconds(10))
              .setSucceeded(1000 + i)
              .setWaitP50(Duration.newBuilder().setNanos(i * 1_000_000))
              .setWaitP99(Duration.newBuilder().setNanos(i * 2_000_000)));
    }
    cluster.say(status.build(), activity.build(), ListTasksResponse.getDefaultInstance());
  }

  private static WorkerActivity busy(String worker, int running, Instant now) {
    WorkerActivity.Builder activity =
        WorkerActivity.newBuilder().setWorker(worker).setCores(CORES).setBusy(CORES);
    for (int i = 0; i < running; i++) {
      activity.addRunning(
          TaskStatus.newBuilder()
              .setPoolId("pool-1")
              .setIndex(i)
              .setAttempt(1)
              .setPid(100 + i)
              .setState(TaskStatus.State.STATE_RUNNING)
              .setStartedAt(time(now.minusSeconds(i))));
    }
    return activity.build();
  }

  /** One of everything that has a name or a text, all of them this one. */
  static void nameEverything(StagedCluster cluster, String text) {
    Instant now = Instant.now();
    TaskStatus failed =
        TaskStatus.newBuilder()
            .setPoolId(text)
            .setPoolName(text)
            .setIndex(1)
            .setCount(1)
            .setAttempt(1)
            .setState(TaskStatus.State.STATE_FAILED)
            .setFailureKind(Failure.Kind.KIND_EXCEPTION)
            .setMessage(text)
            .setWorker(text)
            .setHost(text)
            .setEndedAt(time(now))
            .build();
    TaskStatus running =
        failed.toBuilder()
            .clearEndedAt()
            .setState(TaskStatus.State.STATE_RUNNING)
            .setStartedAt(time(now))
            .build();
    WorkerStatus worker =
        WorkerStatus.newBuilder()
            .setName(text)
            .setHost(text)
            .setVersion(text)
            .setState(WorkerStatus.State.STATE_ACTIVE)
            .setCores(2)
            .setBusy(1)
            .putLabels(text, text)
            .build();
    PoolStatus pool =
        PoolStatus.newBuilder()
            .setPoolId(text)
            .setName(text)
            .setClient(text)
            .setState(PoolStatus.State.STATE_RUN)
            .setWaiting(1)
            .setWaitingFor(text)
            .build();
    cluster.say(
        GetStatusResponse.newBuilder()
            .setCoordinatorVersion(text)
            .addWorkers(worker)
            .addPools(pool)
            .build(),
        GetActivityResponse.newBuilder()
            .addWorkers(WorkerActivity.newBuilder().setWorker(text).setCores(2).addRunning(running))
            .build(),
        ListTasksResponse.newBuilder().addTasks(failed).build());
    cluster.say(
        GetTaskResponse.newBuilder()
            .setTask(failed)
            .setExplanation(text)
            .addOutput(
                OutputPiece.newBuilder().setAttempt(1).setData(ByteString.copyFromUtf8(text)))
            .build());
  }

  private static Timestamp time(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
