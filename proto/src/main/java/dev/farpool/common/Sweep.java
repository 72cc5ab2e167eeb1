package dev.farpool.common;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Deletes the directories of programs that died without a chance to do so and had no executors
 * which could.
 */
final class Sweep {
  private static final System.Logger LOG = System.getLogger(Sweep.class.getName());

  private static final Duration SETTLED = Duration.ofMinutes(1);
  private static final Set<String> OURS = Set.of("agents", "blobs");

  private Sweep() {}

  /** Goes over the neighbours of {@code mine}; what cannot be deleted now is left to the next. */
  static void around(Path mine) {
    String own = PrivateDirectory.PREFIX + ProcessHandle.current().pid() + "-";
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(mine.getParent(), PrivateDirectory.PREFIX + "*-*")) {
      UserPrincipal owner = Files.getOwner(mine);
      for (Path directory : all) {
        // Locks belong to the process: opening and closing one of our own would free it.
        if (!directory.getFileName().toString().startsWith(own)) {
          deleteIfDead(directory, owner);
        }
      }
    } catch (IOException unreadable) {
      LOG.log(System.Logger.Level.DEBUG, "cannot look for leftover directories", unreadable);
    }
  }

  private static void deleteIfDead(Path directory, UserPrincipal owner) {
    try {
      if (!Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).equals(owner)) {
        return;
      }
      try (FileChannel channel =
              FileChannel.open(
                  directory.resolve(PrivateDirectory.LOCK),
                  StandardOpenOption.WRITE,
                  LinkOption.NOFOLLOW_LINKS);
          FileLock lock = channel.tryLock()) {
        if (lock != null) {
          FileTree.delete(directory);
        }
      } catch (NoSuchFileException noLock) {
        deleteIfRemains(directory);
      }
    } catch (IOException goneOrNotOurs) {
      LOG.log(System.Logger.Level.DEBUG, "left alone: " + directory, goneOrNotOurs);
    }
  }

  /**
   * Without a lock it is being made just now, is not ours at all, or is what remains where the
   * deletion of a dead one was cut short.
   */
  private static void deleteIfRemains(Path directory) throws IOException {
    Instant changed = Files.getLastModifiedTime(directory).toInstant();
    if (Instant.now().isAfter(changed.plus(SETTLED)) && holdsOnlyOurs(directory)) {
      FileTree.delete(directory);
    }
  }

  private static boolean holdsOnlyOurs(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).allMatch(OURS::contains);
    }
  }
}
