package dev.farpool.executor.task;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** The directory of an executor in which commands run that ask for no other. */
final class WorkingDirectory {
  private final Path path;

  WorkingDirectory(Path path) {
    this.path = path;
  }

  /**
   * Deletes what is in it. Links are deleted, not followed.
   *
   * @throws IOException if something cannot be deleted
   */
  void empty() throws IOException {
    Files.walkFileTree(path, new Deletion());
  }

  private final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException unread)
        throws IOException {
      if (unread != null) {
        throw unread;
      }
      if (!directory.equals(path)) {
        Files.delete(directory);
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
