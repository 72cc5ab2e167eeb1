package dev.farpool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpansTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0 ms",
    "0, 40000, 0.04 ms",
    "0, 1500000, 1.5 ms",
    "0, 12300000, 12 ms",
    "3, 210000000, 3.2 s",
    "45, 0, 45 s",
    "192, 0, 3 min 12 s",
    "7380, 0, 2 h 3 min"
  })
  void spansHaveTheDigitsThatMatter(long seconds, int nanos, String text) {
    assertEquals(
        text, Spans.text(Duration.newBuilder().setSeconds(seconds).setNanos(nanos).build()));
  }
}
