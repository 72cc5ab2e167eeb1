package dev.farpool.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateDirectoryTest {
  @TempDir Path temporary;

  @Test
  void nobodyElseCanLookInside() throws Exception {
    PrivateDirectory directory = PrivateDirectory.create(temporary);

    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())));
    directory.close();
  }

  @Test
  void closingDeletesItOnce() throws Exception {
    PrivateDirectory directory = PrivateDirectory.create(temporary);
    Files.createFile(directory.path().resolve("file"));

    directory.close();
    directory.close();

    assertFalse(Files.exists(directory.path()));
  }

  @Test
  void aSweepTakesWhatIsNotLocked() throws Exception {
    PrivateDirectory mine = PrivateDirectory.create(temporary);
    Path dead = Files.createDirectory(temporary.resolve("farpool-1-dead"));
    Files.createFile(dead.resolve(PrivateDirectory.LOCK));

    Sweep.around(mine.path());

    assertFalse(Files.exists(dead));
    assertTrue(Files.exists(mine.path()));
    mine.close();
  }

  @Test
  void aSweepLeavesOurOwn() throws Exception {
    PrivateDirectory mine = PrivateDirectory.create(temporary);
    PrivateDirectory sibling = PrivateDirectory.create(temporary);

    Sweep.around(mine.path());

    assertTrue(Files.exists(sibling.path()));
    mine.close();
    sibling.close();
  }

  @Test
  void aSweepFinishesADeletionThatWasCutShort() throws Exception {
    PrivateDirectory mine = PrivateDirectory.create(temporary);
    Path remains = Files.createDirectory(temporary.resolve("farpool-1-remains"));
    Files.createDirectories(remains.resolve("blobs/ab"));
    Path beingMade = Files.createDirectory(temporary.resolve("farpool-1-made"));
    age(remains);

    Sweep.around(mine.path());

    assertFalse(Files.exists(remains));
    assertTrue(Files.exists(beingMade));
    mine.close();
  }

  @Test
  void aSweepLeavesOtherPeoplesDirectories() throws Exception {
    PrivateDirectory mine = PrivateDirectory.create(temporary);
    Path notes = Files.createDirectory(temporary.resolve("farpool-notes-2026"));
    Files.createFile(notes.resolve("meeting.txt"));
    age(notes);

    Sweep.around(mine.path());

    assertTrue(Files.exists(notes));
    mine.close();
  }

  private static void age(Path directory) throws IOException {
    Files.setLastModifiedTime(directory, FileTime.from(Instant.now().minus(Duration.ofMinutes(5))));
  }
}
