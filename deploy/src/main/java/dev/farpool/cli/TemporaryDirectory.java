package dev.farpool.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory that only this user can read and that goes with its process. */
record TemporaryDirectory(Path path) implements AutoCloseable {
  private static final int TRIES = 5;

  /**
   * Makes one.
   *
   * @throws CommandException if it cannot be made
   */
  static TemporaryDirectory create(String purpose) {
    try {
      return new TemporaryDirectory(Files.createTempDirectory("farpool-" + purpose));
    } catch (IOException failure) {
      throw CommandException.failed(
          "cannot make a directory in " + System.getProperty("java.io.tmpdir") + ": " + failure);
    }
  }

  /**
   * Deletes it with all that is in it. Executors on their way out may be deleting their parts too.
   *
   * @throws CommandException if something in it cannot be deleted
   */
  @Override
  public void close() {
    IOException last = null;
    for (int i = 0; i < TRIES; i++) {
      try {
        delete();
        return;
      } catch (IOException concurrently) {
        last = concurrently;
      }
    }
    throw CommandException.failed("cannot delete " + path + ": " + last);
  }

  private void delete() throws IOException {
    List<Path> innermostFirst;
    try (Stream<Path> files = Files.walk(path)) {
      innermostFirst = files.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException gone) {
      return;
    } catch (UncheckedIOException changed) {
      throw changed.getCause();
    }
    for (Path file : innermostFirst) {
      Files.deleteIfExists(file);
    }
  }
}
