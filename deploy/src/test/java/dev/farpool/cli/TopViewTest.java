package dev.farpool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Duration;
import dev.farpool.common.HostPort;
import dev.farpool.v1.ActivityInterval;
import dev.farpool.v1.GetActivityResponse;
import dev.farpool.v1.GetStatusResponse;
import dev.farpool.v1.PoolSlots;
import dev.farpool.v1.PoolStatus;
import dev.farpool.v1.TaskStatus;
import dev.farpool.v1.WorkerActivity;
import dev.farpool.v1.WorkerStatus;
import org.junit.jupiter.api.Test;

class TopViewTest {
  private static final HostPort ADDRESS = new HostPort("c1", 7400);

  private static Duration span(int seconds) {
    return Duration.newBuilder().setSeconds(seconds).build();
  }

  private static GetStatusResponse status(long succeeded) {
    return GetStatusResponse.newBuilder()
        .setUptime(span(125))
        .addWorkers(worker("w1", 3, 4))
        .addWorkers(worker("w2", 32, 64))
        .addPools(
            PoolStatus.newBuilder()
                .setPoolId("aaaa0000-1")
                .setName("map")
                .setState(PoolStatus.State.STATE_RUN)
                .setSucceeded(succeeded)
                .setFailed(5)
                .setRunning(35)
                .setWaiting(60)
                .setWaitingFor("every slot is taken"))
        .build();
  }

  private static WorkerStatus worker(String name, int busy, int cores) {
    return WorkerStatus.newBuilder()
        .setName(name)
        .setHost("h")
        .setState(WorkerStatus.State.STATE_ACTIVE)
        .setBusy(busy)
        .setCores(cores)
        .build();
  }

  private static TaskStatus running(int index, int seconds) {
    return TaskStatus.newBuilder()
        .setPoolId("aaaa0000-1")
        .setPoolName("map")
        .setIndex(index)
        .setCount(1)
        .setRan(span(seconds))
        .build();
  }

  private static final GetActivityResponse ACTIVITY =
      GetActivityResponse.newBuilder()
          .addIntervals(
              ActivityInterval.newBuilder()
                  .setNumber(1)
                  .setLength(span(10))
                  .setStarted(140)
                  .setSucceeded(100)
                  .setFailed(5)
                  .setLost(1)
                  .setWaitP50(span(2))
                  .setWaitP99(span(30))
                  .setRunP50(Duration.newBuilder().setNanos(40_000_000))
                  .setRunP99(span(90)))
          .addIntervals(ActivityInterval.newBuilder().setNumber(2).setLength(span(1)))
          .addWorkers(
              WorkerActivity.newBuilder()
                  .setWorker("w1")
                  .addRunning(running(1, 70))
                  .addRunning(running(2, 30))
                  .addRunning(running(3, 3))
                  .addRunning(running(4, 1)))
          .addWorkers(
              WorkerActivity.newBuilder()
                  .setWorker("w2")
                  .addPools(PoolSlots.newBuilder().setPoolName("map").setSlots(32)))
          .build();

  private static TopSample sample(long succeeded, int second) {
    return new TopSample(status(succeeded), ACTIVITY, second * 1_000_000_000L);
  }

  @Test
  void workersPoolsAndTheQueueAreShown() {
    String expected =
        """
        coordinator c1:7400  up 2 min 5 s  35 of 68 slots taken  60 tasks wait, 35 run
        in 10 s: 140 started, 100 succeeded, 5 failed, 1 lost  wait p50 2.0 s p99 30 s  run p50 40 ms p99 1 min 30 s

        WORKER  HOST  STATE   SLOTS                   BUSY  CORES  NOW
        w1      h     active  [###.]                     3      4  map/1 1 min 10 s, map/2 30 s, map/3 3.0 s, 1 more
        w2      h     active  [##########..........]    32     64  map on 32

        POOL            STATE  PROGRESS           DONE  FAILED  RATE  RUN  WAIT  WHY
        aaaa0000 (map)  run    [#####.....] 52 %   100       5         35    60  every slot is taken
        """;
    assertEquals(expected, TopView.of(ADDRESS, sample(100, 1), null).text());
  }

  @Test
  void ratesAreWhatEndedBetweenTwoSamples() {
    String text = TopView.of(ADDRESS, sample(125, 3), sample(100, 1)).text();

    assertTrue(text.contains("  12/s  ") || text.contains("  13/s  "), text);
  }

  @Test
  void aSmallScreenGetsWhatFits() {
    String text = TopView.of(ADDRESS, sample(100, 1), null).text(new Terminal.Size(5, 30));

    assertEquals(5, text.lines().count());
    assertTrue(text.lines().allMatch(line -> line.length() <= 30), text);
    assertTrue(text.endsWith("\nand 5 more lines"), text);
  }

  @Test
  void anEmptyClusterSaysHowToStartAWorker() {
    TopSample empty =
        new TopSample(
            GetStatusResponse.getDefaultInstance(), GetActivityResponse.getDefaultInstance(), 0);

    String text = TopView.of(ADDRESS, empty, null).text();

    assertTrue(text.contains("no workers: start one with"), text);
    assertTrue(text.contains("no pools"), text);
  }
}
