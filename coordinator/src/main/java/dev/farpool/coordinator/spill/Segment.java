package dev.farpool.coordinator.spill;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file without a name, which is appended to and read from. Its room on disk is free once it is
 * sealed and everything in it was let go. Only its {@link SpillFiles} changes it.
 */
final class Segment {
  private final FileChannel file;
  private final int capacity;
  private int end;
  private int live;
  private boolean sealed;

  private Segment(FileChannel file, int capacity) {
    this.file = file;
    this.capacity = capacity;
  }

  static Segment create(Path directory, int capacity) throws IOException {
    Path path =
        Files.createTempFile(
            directory,
            "spill",
            null,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      return new Segment(
          FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE), capacity);
    } finally {
      Files.delete(path);
    }
  }

  boolean hasRoom(int bytes) {
    return bytes <= capacity - end;
  }

  /**
   * Appends bytes, for which there must be room.
   *
   * @return where they begin
   * @throws IOException if the disk is full; nothing was appended then
   */
  int append(ByteString bytes) throws IOException {
    int start = end;
    int next = start;
    for (ByteBuffer part : bytes.asReadOnlyByteBufferList()) {
      while (part.hasRemaining()) {
        next += file.write(part, next);
      }
    }
    end = next;
    live++;
    return start;
  }

  /** May be called while others append. */
  ByteString read(int start, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, start + (long) bytes.position()) < 0) {
        throw new EOFException("a file with waiting tasks or results was cut short");
      }
    }
    // Nobody else has the buffer.
    return UnsafeByteOperations.unsafeWrap(bytes.flip());
  }

  /** Nothing is appended any more. */
  void seal() throws IOException {
    sealed = true;
    closeIfUnused();
  }

  /** Something in it is not needed any more. */
  void letGo() throws IOException {
    live--;
    closeIfUnused();
  }

  /** Whether it takes no room on the disk any more. */
  boolean isGone() {
    return !file.isOpen();
  }

  private void closeIfUnused() throws IOException {
    if (sealed && live == 0) {
      file.close();
    }
  }
}
