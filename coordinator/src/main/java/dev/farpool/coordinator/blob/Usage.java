package dev.farpool.coordinator.blob;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What a directory of blobs takes.
 *
 * @param blobs how many there are
 * @param bytes of all of them together
 */
public record Usage(long blobs, long bytes) {
  /** The directories of blobs have names of two characters; what else lies there is none. */
  private static final int NAME_LENGTH = 2;

  static Usage of(Path directory) {
    Count count = new Count(directory);
    try {
      if (Files.isDirectory(directory)) {
        Files.walkFileTree(directory, count);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot count the blobs in " + directory, unreadable);
    }
    return new Usage(count.blobs, count.bytes);
  }

  private static final class Count extends SimpleFileVisitor<Path> {
    private final Path root;
    private long blobs;
    private long bytes;

    Count(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path entered, BasicFileAttributes attributes) {
      boolean ofBlobs =
          entered.equals(root) || entered.getFileName().toString().length() == NAME_LENGTH;
      return ofBlobs ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (!root.equals(file.getParent())) {
        blobs++;
        bytes += attributes.size();
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path left, IOException unreadable) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path gone, IOException because) {
      return FileVisitResult.CONTINUE; // Another process that shares the directory may move files.
    }
  }
}
