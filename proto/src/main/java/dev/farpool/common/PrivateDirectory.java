package dev.farpool.common;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A temporary directory that nobody but this user can read, marked by a lock as long as its process
 * lives, so that a later process can tell what a dead one left behind. Thread-safe.
 *
 * <p>The name begins with {@code farpool-} and the process id; it is short because Unix sockets in
 * it have paths of 107 bytes at most.
 */
public final class PrivateDirectory implements AutoCloseable {
  static final String PREFIX = "farpool-";
  static final String LOCK = "lock";

  private static final int TRIES = 10;
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path path;
  private final FileChannel lock;

  private PrivateDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes a directory where temporary files go ({@code java.io.tmpdir}), and deletes those of
   * processes there that died without a chance to do so.
   *
   * @throws IOException if it cannot be made; the message tells where
   */
  public static PrivateDirectory create() throws IOException {
    Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      PrivateDirectory directory = create(parent);
      Sweep.around(directory.path());
      return directory;
    } catch (IOException refused) {
      throw new IOException("cannot make a directory in " + parent + ": " + refused, refused);
    }
  }

  /**
   * Makes a directory and locks it.
   *
   * @param parent where; it must exist
   * @throws IOException if it cannot be made
   */
  static PrivateDirectory create(Path parent) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      Path path = parent.resolve(name());
      try {
        Files.createDirectory(path, OWNER_ONLY);
      } catch (FileAlreadyExistsException taken) {
        continue;
      }
      FileChannel channel =
          FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock != null && Files.exists(path.resolve(LOCK))) {
        return new PrivateDirectory(path, channel);
      }
      channel.close(); // A sweep of another process was faster than the lock.
    }
    throw new IOException("cannot make a directory of our own in " + parent);
  }

  private static String name() {
    return PREFIX
        + ProcessHandle.current().pid()
        + "-"
        + Integer.toString(ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE), 36);
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /**
   * Deletes it with all that is in it. Idempotent.
   *
   * @throws IOException if something in it cannot be deleted; the message tells what
   */
  @Override
  public void close() throws IOException {
    try (lock) {
      FileTree.delete(path);
    } catch (IOException left) {
      throw new IOException("cannot delete " + path + ": " + left, left);
    }
  }
}
