package dev.farpool.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimsTest {
  @TempDir Path temp;
  private Path page;
  private Claims claims;

  @BeforeEach
  void open() throws IOException {
    page = temp.resolve("claims");
    Files.write(page, new byte[Claims.PAGE_BYTES]);
    claims = Claims.open(page.toString(), Thread.currentThread());
  }

  @Test
  void recalledTasksCannotBegin() {
    assertTrue(claims.begin(0));

    assertEquals(1, claims.recall(3));

    assertFalse(claims.begin(1));
    assertFalse(claims.begin(2));
    assertTrue(claims.begin(3));
  }

  @Test
  void startedTasksAreNotRecalled() {
    claims.begin(0);
    claims.begin(1);

    assertEquals(2, claims.recall(2));
    assertTrue(claims.begin(2));
  }

  @Test
  void thePageTellsWhatBeganAndWhatEnded() throws IOException {
    claims.begin(0);
    claims.end();
    claims.begin(1);

    ByteBuffer told = ByteBuffer.wrap(Files.readAllBytes(page));
    assertEquals(2, told.getLong());
    assertEquals(1, told.getLong());
  }

  @Test
  void onlyTheTaskThatRunsIsInterruptedAndNothingOfItRemains() {
    claims.begin(0);
    claims.interrupt(1);
    assertFalse(Thread.currentThread().isInterrupted());
    claims.interrupt(0);
    assertTrue(Thread.currentThread().isInterrupted());

    claims.end();

    assertFalse(Thread.currentThread().isInterrupted());
    claims.interrupt(0);
    assertFalse(Thread.currentThread().isInterrupted());
  }
}
