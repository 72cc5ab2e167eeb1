package dev.farpool.worker.exec;

import dev.farpool.common.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The private directory of one agent process: its socket, its pools' class paths, its executors'
 * directories. It holds a lock as long as the agent lives, so that a later agent on the same host
 * can tell what a dead one left behind.
 */
public final class AgentDirectory implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AgentDirectory.class);
  private static final String LOCK = "lock";
  private static final int RADIX = 36;
  private static final int NAMES = RADIX * RADIX * RADIX * RADIX;
  private static final int MOST_TRIES = 100;

  /** Those of this very process: to open and close their locks would free them. */
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel lockFile;

  private AgentDirectory(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /**
   * Ends and deletes what dead agents left, and makes a directory of its own.
   *
   * @param parent where agents of one worker directory have theirs
   * @throws IOException if it cannot be made
   */
  public static AgentDirectory create(Path parent) throws IOException {
    Files.createDirectories(parent);
    sweep(parent);
    while (true) {
      Path path = createPrivate(parent);
      Path lock = path.resolve(LOCK);
      FileChannel file =
          FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      file.lock();
      // Another agent's sweep may have been quicker than the lock.
      if (Files.exists(lock)) {
        return new AgentDirectory(path, file);
      }
      file.close();
    }
  }

  /** The name is short, since the path of a socket must be: at most 107 bytes on Linux. */
  private static Path createPrivate(Path parent) throws IOException {
    for (int tries = 0; ; tries++) {
      int random = ThreadLocalRandom.current().nextInt(NAMES);
      String name = ProcessHandle.current().pid() + "-" + Integer.toString(random, RADIX);
      Path path = parent.resolve(name).toAbsolutePath();
      try {
        Files.createDirectory(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        OURS.add(path);
        return path;
      } catch (FileAlreadyExistsException taken) {
        if (tries == MOST_TRIES) {
          throw taken;
        }
      }
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  private static void sweep(Path parent) throws IOException {
    try (DirectoryStream<Path> agents = Files.newDirectoryStream(parent)) {
      for (Path agent : agents) {
        if (!OURS.contains(agent.toAbsolutePath()) && isDead(agent)) {
          Leftovers.clear(agent);
        }
      }
    }
  }

  private static boolean isDead(Path agent) throws IOException {
    try (FileChannel file = FileChannel.open(agent.resolve(LOCK), StandardOpenOption.WRITE);
        FileLock lock = file.tryLock()) {
      return lock != null;
    } catch (NoSuchFileException beingMadeOrDeleted) {
      return false;
    }
  }

  /** Deletes a tree; symbolic links are not followed. What cannot be deleted is left and told. */
  static void delete(Path tree) {
    try {
      FileTree.delete(tree);
    } catch (IOException leftOver) {
      log.warn("event=delete_failed path={} reason=\"{}\"", tree, leftOver.toString());
    }
  }

  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } finally {
      delete(path);
      OURS.remove(path);
    }
  }
}
