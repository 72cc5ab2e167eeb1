package dev.farpool.peers.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void aPercentileIsTheLeastValueThatSoManyDoNotExceed() {
    long[] times = LongStream.rangeClosed(1, 1_000).toArray();
    assertEquals(500, Latencies.percentile(times, 50));
    assertEquals(990, Latencies.percentile(times, 99));
    assertEquals(7, Latencies.percentile(new long[] {7}, 99));
  }

  @Test
  void aSampleComesBackFromItsLine() {
    Sample sample = new Sample("noop", "rate", "tasks/s", 12.5);
    assertEquals(sample, Sample.parse(sample.toJson()));
    assertThrows(IllegalArgumentException.class, () -> Sample.parse("{\"other\": 1}"));
    assertThrows(IllegalArgumentException.class, () -> Sample.parse("no line of ours"));
  }
}
