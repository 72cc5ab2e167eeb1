package dev.farpool.coordinator.console;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Keeps answers for a second, so that many who look cost as much as one. Thread-safe. */
final class Recent {
  /** Pages poll once a second: a little less has each of them see something new. */
  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(900);

  private static final int MOST = 32;

  private final LongSupplier nanoTime;
  private final Map<Object, Kept> answers =
      new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Kept> eldest) {
          return size() > MOST;
        }
      };

  Recent(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * The answer to a question: a kept one, or a new one for which all who ask meanwhile wait.
   *
   * @param question equal ones have the same answer
   */
  @SuppressWarnings("unchecked") // Each kind of question has one kind of answer.
  <A> A get(Object question, Supplier<A> ask) {
    Kept kept;
    synchronized (answers) {
      kept = answers.computeIfAbsent(question, any -> new Kept());
    }
    synchronized (kept) {
      if (kept.answer == null || nanoTime.getAsLong() - kept.sinceNanos >= FRESH_NANOS) {
        kept.answer = ask.get();
        kept.sinceNanos = nanoTime.getAsLong();
      }
      return (A) kept.answer;
    }
  }

  private static final class Kept {
    private Object answer;
    private long sinceNanos;
  }
}
