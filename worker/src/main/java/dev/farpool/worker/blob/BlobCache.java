package dev.farpool.worker.blob;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.farpool.common.BlobFiles;
import dev.farpool.v1.BlobRef;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Blobs on this host: fetched once however many want them, and checked before their first use.
 *
 * <p>Thread-safe. Work is done by a few threads of its own; what depends on a blob continues on one
 * of them.
 */
public final class BlobCache implements AutoCloseable {
  private static final int THREADS = 4;

  private final BlobFiles files;
  private final BlobTransfer transfer;
  private final boolean trusted;
  private final ThreadPoolExecutor threads;
  private final Map<BlobRef, CompletableFuture<Path>> fetching = new ConcurrentHashMap<>();

  /** When the files were written that have been checked. */
  private final Map<BlobRef, FileTime> checked = new ConcurrentHashMap<>();

  /**
   * @param trusted whether what the directory holds was put there by this very process, so that it
   *     need not be checked
   */
  public BlobCache(
      Path directory, boolean trusted, BlobTransfer transfer, ThreadFactory threadFactory) {
    this.files = new BlobFiles(directory);
    this.transfer = transfer;
    this.trusted = trusted;
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            threadFactory,
            new ThreadPoolExecutor.DiscardPolicy());
    threads.allowCoreThreadTimeOut(true);
  }

  /** The threads on which blobs are worked on. */
  public ExecutorService threads() {
    return threads;
  }

  /** Where the blob is, once it is there; an {@link IOException} says why it cannot be. */
  public CompletableFuture<Path> fetch(BlobRef blob) {
    CompletableFuture<Path> fetched = new CompletableFuture<>();
    CompletableFuture<Path> earlier = fetching.putIfAbsent(blob, fetched);
    if (earlier != null) {
      return earlier;
    }
    threads.execute(
        () -> {
          try {
            Path path = get(blob);
            fetching.remove(blob, fetched);
            fetched.complete(path);
          } catch (IOException | RuntimeException | OutOfMemoryError failed) {
            // Before anybody hears of it: who tries again must not join what has failed.
            fetching.remove(blob, fetched);
            fetched.completeExceptionally(failed);
          }
        });
    return fetched;
  }

  /**
   * The bytes of a file, mapped: a large argument goes from the page cache to its executor.
   *
   * @throws IOException if it cannot be read
   */
  public static ByteString map(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return UnsafeByteOperations.unsafeWrap(
          channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
    }
  }

  private Path get(BlobRef blob) throws IOException {
    Path path = files.path(blob);
    if (Files.exists(path) && !isIntact(blob, path)) {
      Files.delete(path); // A file that was damaged since it was written: get it again.
    }
    if (!Files.exists(path)) {
      transfer.download(blob, files);
    }
    checked.put(blob, Files.getLastModifiedTime(path));
    return path;
  }

  private boolean isIntact(BlobRef blob, Path path) throws IOException {
    return trusted
        || Files.getLastModifiedTime(path).equals(checked.get(blob))
        || BlobFiles.refOf(path).equals(blob);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
