package dev.farpool.conformance;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a test and its tasks meet: marks are empty files in a directory both see. Tasks leave marks
 * to be counted, and wait for marks that the test makes. Goes into tasks by value.
 */
final class Marks implements Serializable {
  /** Long against anything that is waited for, short against a test's time-out. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final long serialVersionUID = 1;
  private static final long POLL_MILLIS = 2;

  private final String directory;

  private Marks(Path directory) {
    this.directory = directory.toString();
  }

  static Marks in(Path directory) {
    return new Marks(directory);
  }

  /** Makes a mark; it may be there. */
  void make(Object name) {
    claim(name);
  }

  /** Makes a mark, and says whether it was not there before. */
  boolean claim(Object name) {
    try {
      Files.createFile(path(name));
      return true;
    } catch (FileAlreadyExistsException marked) {
      return false;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  boolean has(Object name) {
    return Files.exists(path(name));
  }

  /** Waits for a mark. */
  void await(Object name) throws InterruptedException {
    until("mark " + name, () -> has(name));
  }

  /** Waits for so many marks with a beginning. */
  void await(String beginning, int count) throws InterruptedException {
    until(count + " marks " + beginning, () -> names(beginning).size() >= count);
  }

  /** The sorted names with a beginning. */
  List<String> names(String beginning) {
    try (Stream<Path> files = Files.list(Path.of(directory))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(beginning))
          .sorted()
          .collect(Collectors.toList());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Polls for a condition that somebody else brings about. */
  static void until(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("waited " + PATIENCE.toSeconds() + " s in vain for " + what);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private Path path(Object name) {
    return Path.of(directory, name.toString());
  }
}
