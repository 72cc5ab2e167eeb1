package dev.farpool.coordinator.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.code_intelligence.jazzer.mutation.annotation.proto.WithDefaultInstance;
import com.google.protobuf.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever clients, workers and operators send, in whatever order: each call ends with a proper
 * status, nobody else notices, and nothing of it stays.
 *
 * <p>Without {@code JAZZER_FUZZ=1} it plays the scripts that are kept: one for each thing that
 * calls can do, and one for each thing that was found.
 */
class EveryCallFuzzTest {
  @TempDir static Path directory;
  private static int runs;

  static Stream<Arguments> kept() throws IOException {
    return KeptScripts.all().map(Arguments::of);
  }

  @MethodSource("kept")
  @FuzzTest
  void nobodyIsHurtByWhatOthersSend(
      @NotNull @WithDefaultInstance("dev.farpool.coordinator.fuzz.Scripts#empty") Message script)
      throws Exception {
    Path blobs = directory.resolve("blobs-" + runs++);
    try (Troubles troubles = new Troubles();
        FuzzedCoordinator coordinator = new FuzzedCoordinator(blobs)) {
      coordinator.play(script);
      assertEquals("", troubles.text());
    } catch (AssertionError found) {
      throw new AssertionError("the script to be kept is:\n" + script, found);
    }
  }
}
