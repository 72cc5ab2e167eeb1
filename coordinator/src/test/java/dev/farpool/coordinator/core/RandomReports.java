package dev.farpool.coordinator.core;

import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.Credit;
import dev.farpool.v1.ExecutorFailed;
import dev.farpool.v1.Failure;
import dev.farpool.v1.TaskResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** What a worker may tell of the tasks it holds, true or not. */
final class RandomReports {
  private final Random random;

  RandomReports(Random random) {
    this.random = random;
  }

  List<AttachRequest> finishSome(FakeWorker worker) {
    List<AttachRequest> messages = new ArrayList<>();
    worker.held.forEach(
        (pool, tasks) -> {
          if (!tasks.isEmpty()) {
            messages.add(worker.finish(pool, some(tasks.keySet())));
          }
        });
    return messages;
  }

  List<AttachRequest> giveBackSome(FakeWorker worker) {
    List<AttachRequest> messages = new ArrayList<>();
    worker.held.forEach((pool, tasks) -> messages.add(worker.giveBack(pool, some(tasks.keySet()))));
    return messages;
  }

  private List<Long> some(Collection<Long> indexes) {
    List<Long> some = new ArrayList<>();
    for (long index : indexes) {
      if (random.nextInt(3) > 0) {
        some.add(index);
      }
    }
    return some;
  }

  List<AttachRequest> fail(FakeWorker worker) {
    List<AttachRequest> messages = new ArrayList<>();
    worker.held.forEach(
        (pool, tasks) -> {
          if (!tasks.isEmpty()) {
            Failure.Kind kind =
                random.nextBoolean() ? Failure.Kind.KIND_PROCESS_DIED : Failure.Kind.KIND_EXCEPTION;
            TaskResult result =
                TaskResult.newBuilder()
                    .setIndex(tasks.firstKey())
                    .setFailure(Failure.newBuilder().setKind(kind))
                    .build();
            messages.add(worker.end(pool, result));
          }
        });
    return messages;
  }

  List<AttachRequest> credit(FakeWorker worker) {
    List<AttachRequest> messages = new ArrayList<>();
    for (long pool : worker.held.keySet()) {
      Credit credit =
          Credit.newBuilder().setPool(pool).setPrefetchPerSlot(random.nextInt(4)).build();
      messages.add(worker.message().addCredits(credit).build());
    }
    return messages;
  }

  List<AttachRequest> executorFails(FakeWorker worker) {
    List<AttachRequest> messages = new ArrayList<>();
    for (long pool : worker.poolIds.keySet()) {
      ExecutorFailed failed =
          ExecutorFailed.newBuilder()
              .setPool(pool)
              .setInitializer(random.nextBoolean())
              .setFailure(Failure.getDefaultInstance())
              .build();
      messages.add(worker.message().addFailed(failed).build());
    }
    return messages;
  }

  /** Results of what another worker holds. */
  List<AttachRequest> lie(FakeWorker holder) {
    List<AttachRequest> messages = new ArrayList<>();
    holder.held.forEach(
        (pool, tasks) -> {
          TreeMap<Long, Integer> kept = new TreeMap<>(tasks);
          messages.add(holder.finish(pool, some(kept.keySet())));
          tasks.putAll(kept);
        });
    return messages;
  }
}
