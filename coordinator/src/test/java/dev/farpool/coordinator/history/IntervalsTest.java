package dev.farpool.coordinator.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.protobuf.Duration;
import dev.farpool.v1.ActivityInterval;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntervalsTest {
  private static final long SECOND = 1_000_000_000;
  private static final Load LOAD = new Load(5, 4, 3, 8);

  private final Intervals intervals = new Intervals(0);

  private List<ActivityInterval> since(long number, long nowNanos) {
    return intervals.since(number, LOAD, new WallTime(nowNanos, 1_000_000));
  }

  private static double seconds(Duration span) {
    return span.getSeconds() + span.getNanos() / 1e9;
  }

  @Test
  void whatIsToldIsInTheIntervalInWhichItWasTold() {
    intervals.started(3);
    intervals.succeeded(2);
    intervals.close(10 * SECOND, LOAD);
    intervals.failed(1);
    intervals.lost();

    List<ActivityInterval> all = since(0, 12 * SECOND);

    assertEquals(List.of(1L, 2L), all.stream().map(ActivityInterval::getNumber).toList());
    assertEquals(3, all.get(0).getStarted());
    assertEquals(2, all.get(0).getSucceeded());
    assertEquals(0, all.get(0).getFailed());
    assertEquals(1, all.get(1).getFailed());
    assertEquals(1, all.get(1).getLost());
    assertEquals(10, all.get(0).getLength().getSeconds());
    assertEquals(2, all.get(1).getLength().getSeconds());
    assertEquals(5, all.get(0).getWaiting());
    assertEquals(8, all.get(1).getCores());
  }

  @Test
  void beginningsAreOnTheWallClock() {
    intervals.close(10 * SECOND, LOAD);

    List<ActivityInterval> all = since(0, 12 * SECOND);

    assertEquals(988, all.get(0).getStart().getSeconds());
    assertEquals(998, all.get(1).getStart().getSeconds());
  }

  @Test
  void spansAreToldOnlyWhereThereWereAny() {
    intervals.waited(2 * SECOND, 10);
    intervals.close(10 * SECOND, LOAD);
    intervals.ran(SECOND / 2, 1);

    List<ActivityInterval> all = since(0, 11 * SECOND);

    assertEquals(2, seconds(all.get(0).getWaitP50()), 0.13);
    assertFalse(all.get(0).hasRunP50());
    assertFalse(all.get(1).hasWaitP99());
    assertEquals(0.5, seconds(all.get(1).getRunP99()), 0.04);
  }

  @Test
  void timeInWhichNothingIsToldIsIntervalsToo() {
    intervals.started(1);

    intervals.close(35 * SECOND, LOAD);

    assertEquals(
        List.of(1L, 0L, 0L, 0L),
        since(0, 35 * SECOND).stream().map(ActivityInterval::getStarted).toList());
  }

  @Test
  void anHourIsKeptAndNoMore() {
    intervals.close(10_000 * SECOND, LOAD);

    List<ActivityInterval> all = since(0, 10_000 * SECOND);

    assertEquals(360, all.size());
    assertEquals(1001, all.get(359).getNumber());
    assertEquals(3, since(999, 10_000 * SECOND).size());
  }
}
