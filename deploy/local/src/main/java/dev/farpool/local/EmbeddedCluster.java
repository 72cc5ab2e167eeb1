package dev.farpool.local;

import dev.farpool.common.BlobFiles;
import dev.farpool.common.PrivateDirectory;
import dev.farpool.coordinator.Coordinator;
import dev.farpool.coordinator.CoordinatorConfig;
import dev.farpool.spi.LocalCluster;
import dev.farpool.v1.BlobRef;
import dev.farpool.worker.Worker;
import dev.farpool.worker.WorkerConfig;
import io.grpc.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Coordinator and worker of a cluster in this JVM, over connections that are method calls. They
 * share one directory of blobs, so code is neither copied nor sent. Thread-safe.
 *
 * <p>It has no shutdown hook: the client library ends its clusters in the right order. Where a
 * program has no chance to, the executors find their connection broken, delete the directory and
 * end.
 */
final class EmbeddedCluster implements LocalCluster {
  private static final System.Logger LOG = System.getLogger(EmbeddedCluster.class.getName());
  private static final String WORKER = "local";
  private static final String BLOBS = "blobs"; // The worker keeps its blobs there, too.

  private final PrivateDirectory directory;
  private final BlobFiles blobs;
  private final Coordinator coordinator;
  private final InProcessServer server;
  private final Worker worker;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedCluster(PrivateDirectory directory, int cores) throws IOException {
    this.directory = directory;
    Path stored = directory.path().resolve(BLOBS);
    this.blobs = new BlobFiles(stored);
    this.coordinator = Coordinator.create(CoordinatorConfig.of(stored));
    this.server = InProcessServer.start(coordinator.services());
    this.worker =
        Worker.start(WorkerConfig.of(WORKER, cores, directory.path()).asEphemeral(), server);
  }

  /**
   * Starts one.
   *
   * @throws UncheckedIOException if there is no place for its files
   */
  static EmbeddedCluster start(int cores) {
    try {
      return startIn(PrivateDirectory.create(), cores);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot start a cluster on this machine", failed);
    }
  }

  private static EmbeddedCluster startIn(PrivateDirectory directory, int cores) throws IOException {
    boolean started = false;
    try {
      EmbeddedCluster cluster = new EmbeddedCluster(directory, cores);
      started = true;
      return cluster;
    } finally {
      if (!started) {
        directory.close();
      }
    }
  }

  @Override
  public Channel control() {
    return server.control();
  }

  @Override
  public Channel bulk() {
    return server.bulk();
  }

  @Override
  public void adopt(BlobRef blob, Path file) throws IOException {
    blobs.adopt(blob, file);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      worker.close();
      coordinator.close();
      server.close();
      try {
        directory.close();
      } catch (IOException leftToTheNextSweep) {
        LOG.log(System.Logger.Level.WARNING, "cannot delete all files", leftToTheNextSweep);
      }
    }
  }
}
