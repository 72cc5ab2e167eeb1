package dev.farpool.coordinator.blob;

import dev.farpool.common.BlobFiles;
import dev.farpool.v1.BlobRef;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The blobs on disk, and which are known to be there. Thread-safe. */
public final class BlobStore {
  private static final long COUNT_AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

  private final Path directory;
  private final BlobFiles files;
  private final Set<BlobRef> present = ConcurrentHashMap.newKeySet();
  private Usage usage;
  private long countedNanos;

  /**
   * @param directory is made when the first blob is written
   */
  public BlobStore(Path directory) {
    this.directory = directory;
    this.files = new BlobFiles(directory);
  }

  /** Whether a blob is there. The disk is asked only until it was. */
  public boolean contains(BlobRef blob) {
    return present.contains(blob) || (files.contains(blob) && present.add(blob));
  }

  /**
   * How many blobs there are and what they take, counted on the disk not longer than a minute ago.
   */
  public synchronized Usage usage(long nowNanos) {
    if (usage == null || nowNanos - countedNanos >= COUNT_AGAIN_NANOS) {
      usage = Usage.of(directory);
      countedNanos = nowNanos;
    }
    return usage;
  }

  /**
   * Begins to write a blob.
   *
   * @throws NoRoomException if the disk has not that much room
   * @throws IOException if the directory cannot be written to
   */
  public BlobFiles.Writer write(BlobRef blob) throws IOException {
    Files.createDirectories(directory);
    long room = Files.getFileStore(directory).getUsableSpace();
    if (room < blob.getSize()) {
      throw new NoRoomException(
          "blob of " + blob.getSize() + " bytes: the coordinator's disk has room for " + room);
    }
    return files.write(blob);
  }

  /**
   * Opens a blob for reading from an offset.
   *
   * @throws java.nio.file.NoSuchFileException if it is not there
   * @throws IOException if it cannot be read
   */
  public FileChannel read(BlobRef blob, long offset) throws IOException {
    return FileChannel.open(files.path(blob), StandardOpenOption.READ).position(offset);
  }

  /** The disk is full. */
  public static final class NoRoomException extends IOException {
    NoRoomException(String message) {
      super(message);
    }
  }
}
