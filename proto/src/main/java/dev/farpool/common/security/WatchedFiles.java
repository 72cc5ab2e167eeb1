package dev.farpool.common.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What some files say, read again when one of them has changed. They are looked at when somebody
 * asks, so it needs no thread. A change that cannot be read leaves what was there before in force,
 * and is complained of once. Thread-safe.
 */
public final class WatchedFiles<T> implements Supplier<T> {
  private final List<Path> files;
  private final Reader<T> reader;
  private final long pauseNanos;
  private final LongSupplier nanoTime;
  private final Consumer<String> complaints;

  private volatile T value;
  private volatile long lookedNanos;

  // Guarded by this.
  private List<Object> seen;

  /** Reads the files as they are now. */
  @FunctionalInterface
  public interface Reader<T> {
    /**
     * Does it.
     *
     * @throws IOException if they cannot be read or are not what they should be; the message names
     *     the file and says what to do
     */
    T read() throws IOException;
  }

  /**
   * Reads them for the first time.
   *
   * @param pause how long not to look again after a look
   * @param nanoTime nanoseconds on a clock that never goes back
   * @param complaints is told why a change could not be read
   * @throws IOException what the reader throws
   */
  public WatchedFiles(
      List<Path> files,
      Reader<T> reader,
      Duration pause,
      LongSupplier nanoTime,
      Consumer<String> complaints)
      throws IOException {
    this.files = List.copyOf(files);
    this.reader = reader;
    this.pauseNanos = pause.toNanos();
    this.nanoTime = nanoTime;
    this.complaints = complaints;
    this.seen = stamps();
    this.value = reader.read();
    this.lookedNanos = nanoTime.getAsLong();
  }

  /** What they say. */
  @Override
  public T get() {
    long now = nanoTime.getAsLong();
    if (now - lookedNanos >= pauseNanos) {
      look(now);
    }
    return value;
  }

  private synchronized void look(long now) {
    // The stamps are taken before the files are read: what changes meanwhile is seen next time.
    List<Object> stamps = stamps();
    lookedNanos = now;
    if (stamps.equals(seen)) {
      return;
    }
    seen = stamps;
    try {
      value = reader.read();
    } catch (IOException unreadable) {
      complaints.accept(unreadable.getMessage() + "; what it said before stays in force");
    }
  }

  /** What tells one state of the files from another. */
  private List<Object> stamps() {
    List<Object> stamps = new ArrayList<>();
    for (Path file : files) {
      try {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        stamps.add(List.of(now.lastModifiedTime(), now.size(), String.valueOf(now.fileKey())));
      } catch (IOException absent) {
        stamps.add(absent.toString());
      }
    }
    return stamps;
  }
}
