package dev.farpool.common;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Deletes directories that others may be deleting or filling at the same time. Thread-safe. */
public final class FileTree {
  private static final int TRIES = 20;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private FileTree() {}

  /**
   * Deletes a directory and everything in it; what links point to stays. Does nothing if there is
   * no such directory. Where a dying process still writes into it, it tries again for about 0.2 s.
   *
   * @throws IOException if something is there that cannot be deleted
   */
  public static void delete(Path directory) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        Files.walkFileTree(directory, new Deletion());
        return;
      } catch (DirectoryNotEmptyException beingFilled) {
        if (tries == TRIES) {
          throw beingFilled;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException failure)
        throws IOException {
      if (failure != null && !(failure instanceof NoSuchFileException)) {
        throw failure;
      }
      Files.deleteIfExists(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
