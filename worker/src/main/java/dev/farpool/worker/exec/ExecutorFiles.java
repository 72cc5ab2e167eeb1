package dev.farpool.worker.exec;

import dev.farpool.executor.Claims;
import dev.farpool.v1.PoolSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of pools and executors in the agent's private directory. Thread-safe. */
final class ExecutorFiles {
  private static final Logger log = LoggerFactory.getLogger(ExecutorFiles.class);

  private final Path directory;
  private final Isolation isolation;

  /** Written by the thread on which pools' files are made. */
  private volatile List<Path> lastJars = List.of();

  ExecutorFiles(Path directory, Isolation isolation) {
    this.directory = directory;
    this.isolation = isolation;
  }

  /** The socket that executors connect to. */
  Path socket() {
    return directory.resolve("socket");
  }

  /** The argument file of a pool. */
  Path arguments(String poolId) {
    return pool(poolId).resolve("arguments");
  }

  /**
   * Lays out the class path of a pool: a link for each part, with the part's own name, so that
   * stack traces and listings can be understood.
   *
   * @param parts where they are: absolute, and without links
   * @throws IOException if the files cannot be written
   */
  void layOut(String poolId, PoolSpec spec, List<Path> parts) throws IOException {
    Path pool = pool(poolId);
    Files.createDirectories(pool);
    List<Path> classPath = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Path link = pool.resolve(i + "-" + plain(spec.getCode().getParts(i).getName()));
      link(link, parts.get(i));
      classPath.add(link);
    }
    ExecutorCommand.writeArguments(arguments(poolId), spec, classPath);
    Path jar = CodeJar.write(pool, classPath, parts);
    isolation.admit(pool);
    isolation.show(arguments(poolId));
    isolation.show(jar);
    for (Path part : parts) {
      showBlob(part);
    }
    lastJars = List.copyOf(parts);
  }

  private static void link(Path link, Path target) throws IOException {
    try {
      Files.createSymbolicLink(link, target);
    } catch (FileAlreadyExistsException laidOutBefore) {
      Files.delete(link);
      Files.createSymbolicLink(link, target);
    }
  }

  /** The jars of the pool that was laid out last; some may be gone. */
  List<String> lastJars() {
    return lastJars.stream().map(Path::toString).toList();
  }

  /** A blob is two directories below those that were opened when the agent began. */
  private void showBlob(Path part) throws IOException {
    isolation.open(part.getParent().getParent());
    isolation.open(part.getParent());
    isolation.show(part);
  }

  /**
   * Puts the code of a pool where a spare expects it.
   *
   * @throws IOException if the files cannot be written
   */
  LateClassPath bringCode(ChildExecutor spare, String poolId) throws IOException {
    return CodeJar.bring(spare, pool(poolId));
  }

  /** Deletes what a pool had. */
  void dropPool(String poolId) {
    AgentDirectory.delete(pool(poolId));
  }

  /** Where the directory of an executor is or will be. */
  Path executor(long id) {
    return directory.resolve("executor-" + id);
  }

  /** Makes what an executor needs before it is started. */
  void create(ChildExecutor executor) throws IOException {
    Files.createDirectories(executor.workingDirectory());
    Files.writeString(executor.directory().resolve(Leftovers.MARK), executor.mark());
    Files.write(executor.claims(), new byte[Claims.PAGE_BYTES]);
    isolation.admit(executor.directory());
    isolation.give(executor.workingDirectory());
    isolation.give(executor.claims());
  }

  /** Deletes what an executor had, once it is gone. */
  void delete(ChildExecutor executor) {
    try {
      isolation.deleteGiven(executor.workingDirectory());
    } catch (IOException refused) {
      log.warn(
          "event=delete_failed path={} reason=\"{}\"",
          executor.workingDirectory(),
          refused.toString());
    }
    AgentDirectory.delete(executor.directory());
  }

  /**
   * How many tasks an executor had claimed, and how many ended; zeros if that cannot be read. The
   * file was in the hands of user code: it may be anything by now.
   */
  static ByteBuffer claims(ChildExecutor executor) {
    Path file = executor.claims();
    ByteBuffer page = ByteBuffer.allocate(Claims.PAGE_BYTES);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return page;
    }
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      boolean whole = channel.size() == Claims.PAGE_BYTES && channel.read(page) == page.capacity();
      return whole ? page.flip() : ByteBuffer.allocate(Claims.PAGE_BYTES);
    } catch (IOException unreadable) {
      return page;
    }
  }

  private Path pool(String poolId) {
    return directory.resolve("pool-" + plain(poolId));
  }

  /** A name that is safe in a directory and on a class path. */
  private static String plain(String name) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < Math.min(name.length(), 100); i++) {
      char c = name.charAt(i);
      boolean safe = c < 128 && (Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_');
      plain.append(safe ? c : '_');
    }
    return plain.toString();
  }
}
