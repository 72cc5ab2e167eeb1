package dev.farpool.worker.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The file that tells how far an executor had come was in the hands of user code. */
@Timeout(20)
class ExecutorFilesTest {
  @TempDir Path directory;
  private ChildExecutor executor;

  @BeforeEach
  void create() throws IOException {
    executor = new ChildExecutor(1, "mark", directory.resolve("executor-1"));
    new ExecutorFiles(directory, Isolation.NONE).create(executor);
  }

  private static byte[] filled() {
    return ByteBuffer.allocate(16).putLong(7).putLong(6).array();
  }

  private void assertNothingClaimed() {
    ByteBuffer claims = ExecutorFiles.claims(executor);
    assertEquals(0, claims.getLong(0));
    assertEquals(0, claims.getLong(Long.BYTES));
  }

  @Test
  void claimsAreReadAsTheyWereWritten() throws IOException {
    Files.write(executor.claims(), filled());

    assertEquals(7, ExecutorFiles.claims(executor).getLong(0));
    assertEquals(6, ExecutorFiles.claims(executor).getLong(Long.BYTES));
  }

  @Test
  void aFileOfAnySizeIsNotReadIntoMemory() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(executor.claims().toFile(), "rw")) {
      file.setLength(1L << 40);
    }

    assertNothingClaimed();
  }

  @Test
  void aPipeInItsPlaceKeepsNobodyWaiting() throws Exception {
    Files.delete(executor.claims());
    Process mkfifo = new ProcessBuilder("mkfifo", executor.claims().toString()).start();
    assertEquals(0, mkfifo.waitFor());

    assertNothingClaimed();
  }

  @Test
  void aLinkInItsPlaceIsNotFollowed() throws IOException {
    Files.delete(executor.claims());
    Path elsewhere = Files.write(directory.resolve("elsewhere"), filled());
    Files.createSymbolicLink(executor.claims(), elsewhere);

    assertNothingClaimed();
  }
}
