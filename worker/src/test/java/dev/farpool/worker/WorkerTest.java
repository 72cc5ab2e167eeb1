package dev.farpool.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.v1.TaskResult;
import dev.farpool.worker.testing.WorkerHarness;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WorkerTest {
  @TempDir Path temp;
  private WorkerHarness harness;

  @BeforeEach
  void start() throws Exception {
    harness = new WorkerHarness(temp.resolve("worker"), 2);
  }

  @AfterEach
  void stop() {
    harness.close();
  }

  @Test
  void callGivesTheResultOfTheFunction() throws Exception {
    harness.open(harness.spec()).call(1, "echo", "a", "bc", "");

    assertEquals("a", encoded(3, 0));
    assertEquals("bc", encoded(3, 1));
    assertEquals("", encoded(3, 2));
  }

  private String encoded(int count, long index) throws InterruptedException {
    TaskResult result = harness.coordinator.awaitOutcomes(count).get(index);
    assertTrue(result.hasEncoded(), result.toString());
    return result.getEncoded().toStringUtf8();
  }
}
