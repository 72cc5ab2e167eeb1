package dev.farpool.chaos.work;

import dev.farpool.Pool;
import dev.farpool.ResultIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;

/** Submits tasks one by one, as maps in chunks, and as streams, as chance has it. */
final class Submitter {
  private static final int MAP_PERCENT = 2;
  private static final int STREAM_PERCENT = 1;
  private static final int ITEMS = 40;
  private static final int CHUNK = 5;

  private final Pool pool;
  private final Ledger ledger;
  private final BiFunction<Integer, Random, Assignment> assignments;
  private final Random random;
  private final List<Thread> readers = new ArrayList<>();

  Submitter(
      Pool pool,
      Ledger ledger,
      BiFunction<Integer, Random, Assignment> assignments,
      Random random) {
    this.pool = pool;
    this.ledger = ledger;
    this.assignments = assignments;
    this.random = random;
  }

  /** Submits this many tasks; most have no result yet when it returns. */
  void submit(int tasks) throws InterruptedException {
    for (int number = 0; number < tasks; ) {
      int kind = random.nextInt(100);
      int items = Math.min(ITEMS, tasks - number);
      if (kind < MAP_PERCENT) {
        map(assignments(number, items));
        number += items;
      } else if (kind < MAP_PERCENT + STREAM_PERCENT) {
        stream(assignments(number, items));
        number += items;
      } else {
        single(assignments.apply(number, random));
        number++;
      }
    }
  }

  private List<Assignment> assignments(int first, int count) throws InterruptedException {
    List<Assignment> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      items.add(assignments.apply(first + i, random));
      ledger.submitting(items.get(i).id());
    }
    return items;
  }

  private void single(Assignment item) throws InterruptedException {
    ledger.submitting(item.id());
    pool.applyAsync(
        RecordedTask::run,
        item,
        value -> ledger.result(item.id(), value),
        failure -> ledger.failure(item.id(), failure));
  }

  private void map(List<Assignment> items) {
    pool.mapAsync(
        RecordedTask::run,
        items,
        CHUNK,
        values -> {
          for (int i = 0; i < items.size(); i++) {
            ledger.result(items.get(i).id(), values.get(i));
          }
        },
        failure -> items.forEach(item -> ledger.failure(item.id(), failure)));
  }

  /** Each stream has a reader of its own, for who reads it waits. */
  private void stream(List<Assignment> items) {
    Thread reader = new Thread(() -> read(items), "stream-" + readers.size());
    readers.add(reader);
    reader.start();
  }

  /** Waits until all streams have been read. */
  void awaitStreams() throws InterruptedException {
    for (Thread reader : readers) {
      reader.join();
    }
  }

  private void read(List<Assignment> items) {
    try (ResultIterator<Long> results = pool.imap(RecordedTask::run, items)) {
      for (Assignment item : items) {
        try {
          ledger.result(item.id(), results.next());
        } catch (CompletionException failure) {
          ledger.failure(item.id(), failure.getCause());
        }
      }
    }
  }
}
