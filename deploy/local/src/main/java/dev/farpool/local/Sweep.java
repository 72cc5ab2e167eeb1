package dev.farpool.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;

/**
 * Deletes the directories of programs that died without a chance to do so and had no executors
 * which could.
 */
final class Sweep {
  private static final System.Logger LOG = System.getLogger(Sweep.class.getName());

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
      }
    } catch (IOException goneOrNotOurs) {
      LOG.log(System.Logger.Level.DEBUG, "left alone: " + directory, goneOrNotOurs);
    }
  }
}
