package dev.farpool.coordinator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.v1.Failure;
import dev.farpool.v1.ResultsResponse;
import org.junit.jupiter.api.Test;

class ResultLogTest {
  @Test
  void theSameLongFailureOfManyTasksFillsManyMessages() {
    ResultLog log = new ResultLog(new Held());
    Failure failure = Failure.newBuilder().setStackTrace("x".repeat(64 * 1024)).build();
    log.append(failure, 0, 1000);

    int results = 0;
    while (log.hasUnsent()) {
      ResultsResponse.Builder message = ResultsResponse.newBuilder();
      log.drainTo(message, 1 << 20);
      results += message.getResultsCount();
      assertTrue(message.build().getSerializedSize() < 2 << 20, "a message that long");
    }
    assertEquals(1000, results);
  }
}
