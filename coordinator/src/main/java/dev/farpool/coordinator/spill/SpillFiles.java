package dev.farpool.coordinator.spill;

import com.google.protobuf.ByteString;
import dev.farpool.coordinator.core.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Payload on disk, in segments. The room of a segment is free when all in it was released.
 * Thread-safe.
 */
public final class SpillFiles implements AutoCloseable {
  private static final int SEGMENT_BYTES = 64 << 20;

  private final Path directory;
  private final int segmentBytes;
  private final long maxBytes;
  private int segments;
  private Segment current;

  /**
   * @param directory is made when the first bytes come
   * @param maxBytes how much of the disk they may take, in whole segments of 64 MiB
   */
  public SpillFiles(Path directory, long maxBytes) {
    this(directory, maxBytes, SEGMENT_BYTES);
  }

  SpillFiles(Path directory, long maxBytes, int segmentBytes) {
    this.directory = directory;
    this.maxBytes = maxBytes;
    this.segmentBytes = segmentBytes;
  }

  /**
   * Writes bytes.
   *
   * @param bytes at most a segment's
   * @return the same, on disk
   * @throws IOException if the disk, or what may be used of it, is full; the message tells which
   */
  public synchronized Bytes put(ByteString bytes) throws IOException {
    if (current == null || !current.hasRoom(bytes.size())) {
      begin();
    }
    return new Stored(current, current.append(bytes), bytes.size());
  }

  /** How much of the disk is in use, rounded up to segments. */
  public synchronized long bytes() {
    return (long) segments * segmentBytes;
  }

  private void begin() throws IOException {
    seal();
    if (bytes() + segmentBytes > maxBytes) {
      throw new IOException(
          "the " + maxBytes + " bytes of disk for waiting tasks and results are in use");
    }
    Files.createDirectories(directory);
    current = Segment.create(directory, segmentBytes);
    segments++;
  }

  private void seal() throws IOException {
    if (current != null) {
      Segment full = current;
      current = null;
      full.seal();
      countIfGone(full);
    }
  }

  private synchronized void letGo(Segment segment) throws IOException {
    segment.letGo();
    countIfGone(segment);
  }

  private void countIfGone(Segment segment) {
    segments -= segment.isGone() ? 1 : 0;
  }

  /** Writes no more to the last segment; what was written stays readable until it is released. */
  @Override
  public synchronized void close() {
    try {
      seal();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Bytes in a segment. A disk that does not give back what was written is an error for good. */
  private final class Stored implements Bytes {
    private static final long OWN_BYTES = 100;

    private final Segment segment;
    private final int start;
    private final int size;

    Stored(Segment segment, int start, int size) {
      this.segment = segment;
      this.start = start;
      this.size = size;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public long heapBytes() {
      return OWN_BYTES;
    }

    @Override
    public ByteString slice(int from, int to) {
      try {
        return segment.read(start + from, to - from);
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }

    @Override
    public void release() {
      try {
        letGo(segment);
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
  }
}
