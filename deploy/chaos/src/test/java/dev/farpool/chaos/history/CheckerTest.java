package dev.farpool.chaos.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.chaos.history.Event.Guarantee;
import dev.farpool.chaos.history.Event.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Histories with one thing wrong: each is found, and nothing else. */
class CheckerTest {
  private static final long MILLI = 1_000_000;
  private static final Rules RULES =
      new Rules(Map.of("h1", 2, "h2", 2), Duration.ofMillis(500), Duration.ofSeconds(10));

  private final List<Event> events = new ArrayList<>();

  @Test
  void aHistoryWithoutFaultsIsGood() {
    submit("a-0", Guarantee.AT_LEAST_ONCE);
    run("a-0", 10, 20, 1, "h1");
    result("a-0", 30);

    assertEquals(List.of(), found());
  }

  @Test
  void aRetryAfterALostAttemptIsGood() {
    submit("a-0", Guarantee.AT_LEAST_ONCE);
    at(Kind.START, "a-0", 10, 1, "h1", "");
    run("a-0", 3000, 3010, 2, "h2");
    result("a-0", 3020);

    assertEquals(List.of(), found());
  }

  @Test
  void aTaskWithoutAResultIsLost() {
    submit("a-0", Guarantee.AT_LEAST_ONCE);
    run("a-0", 10, 20, 1, "h1");
    at(Kind.JOINED, "a", 40, 9, "h3", "");

    assertEquals(List.of(Promise.NOT_LOST), found());
  }

  @Test
  void aTaskOfAKilledClientNeedsNoResult() {
    submit("a-0", Guarantee.AT_LEAST_ONCE);
    at(Kind.KILLED, "a", 40, 9, "h3", "");

    assertEquals(List.of(), found());
  }

  @Test
  void aSecondDeliveryIsFound() {
    submit("a-0", Guarantee.AT_LEAST_ONCE);
    run("a-0", 10, 20, 1, "h1");
    result("a-0", 30);
    result("a-0", 40);

    assertEquals(List.of(Promise.DELIVERED_ONCE), found());
  }

  @Test
  void aWrongResultIsFound() {
    submit("a-0", Guarantee.AT_LEAST_ONCE);
    run("a-0", 10, 20, 1, "h1");
    at(Kind.RESULT, "a-0", 30, 9, "h3", "42");

    assertEquals(List.of(Promise.RIGHT), found());
  }

  @Test
  void aFailureOfAnAtLeastOnceTaskIsFound() {
    submit("a-0", Guarantee.AT_LEAST_ONCE);
    at(Kind.FAILURE, "a-0", 30, 9, "h3", "dev.farpool.WorkerLostException: gone");

    assertEquals(List.of(Promise.RIGHT), found());
  }

  @Test
  void anAtMostOnceTaskMayBeToldLost() {
    submit("a-0", Guarantee.AT_MOST_ONCE);
    at(Kind.START, "a-0", 10, 1, "h1", "");
    at(Kind.FAILURE, "a-0", 30, 9, "h3", "dev.farpool.WorkerLostException: gone");

    assertEquals(List.of(), found());
  }

  @Test
  void anAtMostOnceTaskMayNotFailOtherwise() {
    submit("a-0", Guarantee.AT_MOST_ONCE);
    at(Kind.FAILURE, "a-0", 30, 9, "h3", "java.lang.NullPointerException");

    assertEquals(List.of(Promise.RIGHT), found());
  }

  @Test
  void anAtMostOnceTaskStartedTwiceIsFound() {
    submit("a-0", Guarantee.AT_MOST_ONCE);
    at(Kind.START, "a-0", 10, 1, "h1", "");
    run("a-0", 3000, 3010, 2, "h2");
    result("a-0", 3020);

    assertEquals(List.of(Promise.AT_MOST_ONCE), found());
  }

  @Test
  void attemptsThatRunSideBySideAreFound() {
    submit("a-0", Guarantee.AT_LEAST_ONCE);
    run("a-0", 10, 2000, 1, "h1");
    run("a-0", 1000, 3000, 2, "h2");
    result("a-0", 3010);

    assertEquals(List.of(Promise.NO_OVERLAP), found());
    assertEquals(1000 * MILLI, Checker.longestOverlap(History.of(events)));
  }

  @Test
  void anAttemptIsAtWorkUntilItWasLastSeen() {
    submit("a-0", Guarantee.AT_LEAST_ONCE);
    at(Kind.START, "a-0", 10, 1, "h1", "");
    at(Kind.TICK, "a-0", 2000, 1, "h1", "");
    run("a-0", 1000, 3000, 2, "h2");
    result("a-0", 3010);

    assertEquals(List.of(Promise.NO_OVERLAP), found());
  }

  @Test
  void moreTasksThanSlotsAreFound() {
    for (int i = 0; i < 3; i++) {
      submit("a-" + i, Guarantee.AT_LEAST_ONCE);
      run("a-" + i, 10 + i, 100 + i, 1 + i, "h1");
      result("a-" + i, 200);
    }

    assertEquals(List.of(Promise.SLOTS), found());
  }

  @Test
  void aTaskThatBeginsLongAfterItsClientsDeathIsFound() {
    submit("a-0", Guarantee.AT_LEAST_ONCE);
    at(Kind.KILLED, "a", 10, 9, "h3", "");
    run("a-0", 20_000, 20_010, 1, "h1");

    assertEquals(List.of(Promise.NO_AFTERLIFE), found());
  }

  @Test
  void aTaskThatNobodySubmittedIsFound() {
    run("a-0", 10, 20, 1, "h1");

    assertEquals(List.of(Promise.KNOWN), found());
  }

  @Test
  void linesAreReadAsTheyWereWritten() {
    at(Kind.FAILURE, "a-0", 30, 9, "net:[4026531840]", "java.io.IOException: a b");
    Event event = events.get(0);

    assertEquals(event, Event.parse(event.line()));
    assertTrue(new Event(Kind.END, "a-0", 1, 2, "h", "a\nb").line().endsWith("a b"));
  }

  private List<Promise> found() {
    return Checker.check(History.of(events), RULES).stream().map(Violation::promise).toList();
  }

  private void submit(String id, Guarantee guarantee) {
    at(Kind.SUBMIT, id, 1, 9, "h3", guarantee.name());
  }

  private void run(String id, long start, long end, long pid, String host) {
    at(Kind.START, id, start, pid, host, "");
    at(Kind.END, id, end, pid, host, "");
  }

  private void result(String id, long millis) {
    at(Kind.RESULT, id, millis, 9, "h3", Long.toString(Answers.of(id)));
  }

  private void at(Kind kind, String id, long millis, long pid, String host, String text) {
    events.add(new Event(kind, id, millis * MILLI, pid, host, text));
  }
}
