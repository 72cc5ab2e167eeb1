package dev.farpool.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.farpool.peers.load.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

class FarpoolPeerTest {
  @Test
  void theMediansOfTheFiguresThatPeersHaveAreTaken() {
    String json =
        """
        {"processes": 2, "figures": [
          {"workload": "noop", "figure": "rate", "unit": "tasks/s", "median": 7, "min": 1, "max": 9},
          {"workload": "noop", "figure": "submitting", "unit": "tasks/s", "median": 8}]}
        """;
    assertEquals(List.of(new Sample("noop", "rate", "tasks/s", 7)), FarpoolPeer.samples(json));
  }

  @Test
  void anythingElseIsRefused() {
    assertThrows(IllegalStateException.class, () -> FarpoolPeer.samples("{}"));
    assertThrows(IllegalStateException.class, () -> FarpoolPeer.samples("no JSON"));
  }
}
