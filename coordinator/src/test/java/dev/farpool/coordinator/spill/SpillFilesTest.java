package dev.farpool.coordinator.spill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import dev.farpool.coordinator.core.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bytes that go to disk. */
@Timeout(30)
class SpillFilesTest {
  private static final int SEGMENT = 1 << 20;

  @TempDir private Path directory;

  private static ByteString bytes(int seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  @Test
  void bytesComeBackAsTheyWereFromManySegmentsAndNoFileIsSeen() throws IOException {
    Path unmade = directory.resolve("spill");
    try (SpillFiles files = new SpillFiles(unmade, 100L * SEGMENT, SEGMENT)) {
      List<Bytes> kept = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        kept.add(files.put(bytes(i, 300_000).concat(bytes(-i, 7))));
      }

      for (int i = 0; i < 20; i++) {
        ByteString expected = bytes(i, 300_000).concat(bytes(-i, 7));
        assertEquals(expected, kept.get(i).slice(0, 300_007));
        assertEquals(expected.substring(299_999, 300_002), kept.get(i).slice(299_999, 300_002));
      }
      assertEquals(7L * SEGMENT, files.bytes());
      try (Stream<Path> seen = Files.list(unmade)) {
        assertEquals(List.of(), seen.toList());
      }
    }
  }

  @Test
  void theLimitIsToldAndRoomIsFreeWhenAllOfASegmentIsReleased() throws IOException {
    try (SpillFiles files = new SpillFiles(directory, 3L * SEGMENT, SEGMENT)) {
      List<Bytes> kept = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        kept.add(files.put(bytes(i, SEGMENT / 2)));
      }
      IOException full = assertThrows(IOException.class, () -> files.put(bytes(9, SEGMENT)));
      assertEquals(
          "the 3145728 bytes of disk for waiting tasks and results are in use", full.getMessage());

      kept.get(0).release();
      assertEquals(3L * SEGMENT, files.bytes());
      kept.get(1).release();
      assertEquals(2L * SEGMENT, files.bytes());

      assertEquals(bytes(9, SEGMENT), files.put(bytes(9, SEGMENT)).slice(0, SEGMENT));
      assertEquals(bytes(2, SEGMENT / 2), kept.get(2).slice(0, SEGMENT / 2));
    }
  }

  @Test
  void aFullDiskIsAnExceptionAndWhatWasThereStaysReadable()
      throws IOException, InterruptedException {
    assumeTrue(mount(), "only root may mount a small disk");
    try (SpillFiles files = new SpillFiles(directory, 100L * SEGMENT, 8 * SEGMENT)) {
      Bytes kept = files.put(bytes(1, SEGMENT));

      assertThrows(
          IOException.class,
          () -> {
            for (int i = 0; i < 4; i++) {
              files.put(bytes(i, SEGMENT));
            }
          });

      assertEquals(bytes(1, SEGMENT), kept.slice(0, SEGMENT));
    } finally {
      run("umount", "-l", directory.toString());
    }
  }

  private boolean mount() throws IOException, InterruptedException {
    return run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", directory.toString()) == 0;
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
