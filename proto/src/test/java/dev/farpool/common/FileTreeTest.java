package dev.farpool.common;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class FileTreeTest {
  /** Fewer than there are tries, since each can spoil one. */
  private static final int LATE_FILES = 10;

  @TempDir Path temporary;

  @Test
  void deletingTakesEverythingInsideButNothingThatIsLinked() throws Exception {
    Path outside = Files.createFile(temporary.resolve("outside"));
    Path tree = Files.createDirectory(temporary.resolve("tree"));
    Path inside = Files.createDirectories(tree.resolve("a/b"));
    Files.createSymbolicLink(inside.resolve("link"), outside);
    Files.createSymbolicLink(inside.resolve("folder"), temporary);

    FileTree.delete(tree);

    assertFalse(Files.exists(tree));
    assertTrue(Files.exists(outside));
  }

  @Test
  void whatIsNotThereNeedNotBeDeleted() throws Exception {
    FileTree.delete(temporary.resolve("none"));
  }

  @RepeatedTest(20)
  void aTreeThatIsStillBeingFilledIsDeletedToo() throws Exception {
    Path tree = Files.createDirectory(temporary.resolve("tree"));
    CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> fill(tree));

    FileTree.delete(tree);

    writer.get(10, TimeUnit.SECONDS);
    assertFalse(Files.exists(tree));
  }

  private static void fill(Path tree) {
    try {
      for (int i = 0; i < LATE_FILES; i++) {
        Files.createFile(tree.resolve("late-" + i));
      }
    } catch (NoSuchFileException deleted) {
      return;
    } catch (IOException unexpected) {
      throw new AssertionError(unexpected);
    }
  }
}
