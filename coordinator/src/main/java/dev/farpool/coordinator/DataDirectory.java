package dev.farpool.coordinator;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The directory of one coordinator, marked by a lock as long as its process lives, so that a second
 * one does not work in it. Thread-safe.
 */
final class DataDirectory implements AutoCloseable {
  private static final String LOCK = "coordinator.lock";

  private final FileChannel lock;

  private DataDirectory(FileChannel lock) {
    this.lock = lock;
  }

  /**
   * Takes a directory, which is made if it is not there.
   *
   * @throws IOException if it cannot be used, or another coordinator uses it; the message says what
   *     to do
   */
  static DataDirectory take(Path path) throws IOException {
    FileChannel file;
    try {
      Files.createDirectories(path);
      file =
          FileChannel.open(
              path.resolve(LOCK),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
    } catch (IOException unusable) {
      throw new IOException(
          "cannot use the data directory "
              + path
              + ": "
              + unusable
              + "; choose another with --data",
          unusable);
    }
    try {
      if (!isLocked(file)) {
        throw new IOException(taken(path, file));
      }
      file.truncate(0);
      file.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(US_ASCII)));
      return new DataDirectory(file);
    } catch (IOException refused) {
      file.close();
      throw refused;
    }
  }

  private static boolean isLocked(FileChannel file) throws IOException {
    try {
      FileLock lock = file.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException ofThisProcess) {
      return false;
    }
  }

  private static String taken(Path path, FileChannel file) throws IOException {
    ByteBuffer owner = ByteBuffer.allocate(32);
    file.read(owner, 0);
    return "another coordinator, with pid "
        + new String(owner.array(), 0, owner.position(), US_ASCII)
        + ", uses the data directory "
        + path
        + "; stop it, or choose another directory with --data";
  }

  /** Lets it go. Idempotent. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
