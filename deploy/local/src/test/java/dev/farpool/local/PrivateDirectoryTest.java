package dev.farpool.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
    directory.delete();
  }

  @Test
  void deletingTakesEverythingInsideButNothingThatIsLinked() throws Exception {
    Path outside = Files.createFile(temporary.resolve("outside"));
    PrivateDirectory directory = PrivateDirectory.create(temporary);
    Path inside = Files.createDirectories(directory.path().resolve("a/b"));
    Files.createSymbolicLink(inside.resolve("link"), outside);
    Files.createSymbolicLink(inside.resolve("folder"), temporary);

    directory.delete();
    directory.delete();

    assertFalse(Files.exists(directory.path()));
    assertTrue(Files.exists(outside));
  }

  @Test
  void aSweepTakesWhatIsNotLocked() throws Exception {
    PrivateDirectory mine = PrivateDirectory.create(temporary);
    Path dead = Files.createDirectory(temporary.resolve("farpool-1-dead"));
    Files.createFile(dead.resolve(PrivateDirectory.LOCK));

    Sweep.around(mine.path());

    assertFalse(Files.exists(dead));
    assertTrue(Files.exists(mine.path()));
    mine.delete();
  }

  @Test
  void aSweepLeavesOurOwnAndWhatHasNoLock() throws Exception {
    PrivateDirectory mine = PrivateDirectory.create(temporary);
    PrivateDirectory sibling = PrivateDirectory.create(temporary);
    Path noLock = Files.createDirectory(temporary.resolve("farpool-notes-2026"));

    Sweep.around(mine.path());

    assertTrue(Files.exists(sibling.path()));
    assertTrue(Files.exists(noLock));
    mine.delete();
    sibling.delete();
  }
}
