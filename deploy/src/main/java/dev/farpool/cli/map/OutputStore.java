package dev.farpool.cli.map;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;

/**
 * Where output waits until it is its job's turn: in memory up to a bound, then in blocks of one
 * temporary file, which leaves nothing behind however this process ends. Thread-safe.
 */
public final class OutputStore implements Closeable {
  static final int BLOCK = 4096;

  private final Path directory;
  private final BitSet taken = new BitSet();
  private long memoryLeft;
  private FileChannel file;

  /**
   * @param memory how many bytes may wait in memory
   * @param directory where the file is made when it is needed
   */
  public OutputStore(long memory, Path directory) {
    this.memoryLeft = memory;
    this.directory = directory;
  }

  /** Whether so many bytes may be kept in memory; they are to be given back with a minus. */
  synchronized boolean takeMemory(long bytes) {
    if (bytes > memoryLeft) {
      return false;
    }
    memoryLeft -= bytes;
    return true;
  }

  /** Takes a block of the file. */
  synchronized int allocate() {
    int block = taken.nextClearBit(0);
    taken.set(block);
    return block;
  }

  synchronized void free(int block) {
    taken.clear(block);
  }

  void write(int block, int offset, ByteBuffer bytes) {
    try {
      long position = (long) block * BLOCK + offset;
      while (bytes.hasRemaining()) {
        position += file().write(bytes, position);
      }
    } catch (IOException full) {
      throw new UncheckedIOException("output cannot be kept in " + directory + ": " + full, full);
    }
  }

  void copy(int block, int length, OutputStream target) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    long position = (long) block * BLOCK;
    int read = 0;
    while (bytes.hasRemaining() && read >= 0) {
      read = file().read(bytes, position + bytes.position());
    }
    target.write(bytes.array(), 0, bytes.position());
  }

  private synchronized FileChannel file() throws IOException {
    if (file == null) {
      Path path = Files.createTempFile(directory, "farpool-map", null);
      file =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE); // On Unix it has no name from now on.
    }
    return file;
  }

  @Override
  public synchronized void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
