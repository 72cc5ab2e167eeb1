package dev.farpool.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SerialLoopTest {
  private final ExecutorService overflow = Executors.newSingleThreadExecutor();

  @AfterEach
  void stopOverflow() {
    overflow.shutdownNow();
  }

  @Test
  void idleLoopHandlesTheMessageOnThePostersThread() {
    AtomicReference<Thread> reader = new AtomicReference<>();
    SerialLoop<String> loop =
        new SerialLoop<>(batch -> reader.set(Thread.currentThread()), overflow);

    loop.post("a");

    assertSame(Thread.currentThread(), reader.get());
  }

  @Test
  void whatTheReaderPostsIsHandledAfterItsBatch() {
    List<List<String>> batches = new ArrayList<>();
    List<SerialLoop<String>> self = new ArrayList<>();
    self.add(
        new SerialLoop<>(
            batch -> {
              batches.add(batch);
              if (batch.contains("a")) {
                self.get(0).post("b");
                self.get(0).post("c");
              }
            },
            overflow));

    self.get(0).post("a");

    assertEquals(List.of(List.of("a"), List.of("b", "c")), batches);
  }

  @Test
  void aTurnThatBeginsLaterTakesAllThatCameMeanwhileAsOneBatch() {
    List<Runnable> turns = new ArrayList<>();
    List<List<String>> batches = new ArrayList<>();
    SerialLoop<String> loop = new SerialLoop<>(batches::add, turns::add, overflow);

    loop.post("a");
    loop.post("b");
    assertEquals(List.of(), batches);
    turns.remove(0).run();
    loop.post("c");
    turns.remove(0).run();

    assertEquals(List.of(List.of("a", "b"), List.of("c")), batches);
    assertEquals(List.of(), turns);
  }

  @Test
  void longDrainMovesToTheOverflowExecutor() throws InterruptedException {
    CountDownLatch left = new CountDownLatch(1000);
    List<SerialLoop<Integer>> self = new ArrayList<>();
    self.add(
        new SerialLoop<>(
            batch -> {
              left.countDown();
              if (batch.get(0) > 1) {
                self.get(0).post(batch.get(0) - 1);
              }
            },
            overflow));

    self.get(0).post(1000);

    assertTrue(left.await(10, TimeUnit.SECONDS));
  }

  @Test
  void loopGoesOnAfterTheReaderThrew() {
    List<String> handled = new ArrayList<>();
    SerialLoop<String> loop =
        new SerialLoop<>(
            batch -> {
              handled.addAll(batch);
              if (batch.contains("bad")) {
                throw new IllegalStateException("bad");
              }
            },
            overflow);

    assertThrows(IllegalStateException.class, () -> loop.post("bad"));
    loop.post("good");

    assertEquals(List.of("bad", "good"), handled);
  }

  @Test
  void concurrentPostersAreHandledOneAtATimeAndNoMessageIsLost() throws InterruptedException {
    int[] handled = {0}; // Unsynchronized on purpose: the loop must order its readers.
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger overlaps = new AtomicInteger();
    SerialLoop<Integer> loop =
        new SerialLoop<>(
            batch -> {
              overlaps.addAndGet(inside.getAndIncrement());
              handled[0] += batch.size();
              inside.decrementAndGet();
            },
            overflow);
    List<Thread> posters = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread poster =
          new Thread(
              () -> {
                for (int n = 0; n < 50_000; n++) {
                  loop.post(n);
                }
              });
      posters.add(poster);
      poster.start();
    }
    for (Thread poster : posters) {
      poster.join();
    }
    CountDownLatch flushed = new CountDownLatch(1);
    overflow.execute(flushed::countDown);
    assertTrue(flushed.await(10, TimeUnit.SECONDS));

    loop.post(-1);

    assertEquals(4 * 50_000 + 1, handled[0]);
    assertEquals(0, overlaps.get());
  }
}
