package dev.farpool.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that is there while a worker takes tasks, for those who can only look. Thread-safe. */
final class ReadyFile implements Consumer<Boolean>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReadyFile.class);

  private final Path file;

  private ReadyFile(Path file) {
    this.file = file;
  }

  /**
   * A file that is not there yet; one that a killed worker left is deleted.
   *
   * @param file null where nobody looks
   * @throws CommandException if it cannot be written
   */
  static ReadyFile of(Path file) {
    if (file != null) {
      try {
        Files.deleteIfExists(file);
        Files.delete(Files.createFile(file)); // Now somebody reads the message; later nobody might.
      } catch (IOException unusable) {
        throw CommandException.failed(
            "--ready-file "
                + file
                + " cannot be written ("
                + unusable
                + "); name a file in a directory that this user may write to");
      }
    }
    return new ReadyFile(file);
  }

  @Override
  public void accept(Boolean ready) {
    if (file == null) {
      return;
    }
    try {
      if (ready) {
        Files.createFile(file);
      } else {
        Files.deleteIfExists(file);
      }
    } catch (IOException refused) {
      LOG.error("event=ready_file_failed ready={} reason=\"{}\"", ready, refused.toString());
    }
  }

  @Override
  public void close() {
    accept(false);
  }
}
