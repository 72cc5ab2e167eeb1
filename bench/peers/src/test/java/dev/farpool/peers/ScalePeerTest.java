package dev.farpool.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.peers.load.Sample;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScalePeerTest {
  private static final ScalePeer QUEUE =
      new ScalePeer("farpool-queue", "queue", Path.of("run"), List.of(), "10,000,000: ");

  @Test
  void figuresOfTheQueueThatWasAskedForCount() {
    String json =
        """
        {"title": "a queue", "figures": [
          {"name": "2,000,000: accepted", "value": 1, "unit": "/s"},
          {"name": "10,000,000: accepted", "value": 2, "unit": "/s"}]}""";

    assertEquals(List.of(new Sample("queue", "accepted", "/s", 2)), QUEUE.samples(json));
  }

  @Test
  void whatItCannotReadIsTold() {
    String message =
        assertThrows(IllegalStateException.class, () -> QUEUE.samples("oops")).getMessage();
    assertTrue(message.contains("oops"), message);
  }
}
