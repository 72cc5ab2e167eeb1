package dev.farpool.spi;

import dev.farpool.v1.BlobRef;
import io.grpc.Channel;
import java.io.IOException;
import java.nio.file.Path;

/** A cluster inside this JVM. Thread-safe. */
public interface LocalCluster extends AutoCloseable {
  /** The channel for everything but blobs. */
  Channel control();

  /** The channel for blobs. */
  Channel bulk();

  /**
   * Makes a blob of a file without a copy. The file does not change as long as the cluster runs.
   *
   * @throws IOException if that cannot be done; the blob is then uploaded
   */
  void adopt(BlobRef blob, Path file) throws IOException;

  /** Stops it, bounded in time; no process and no file is left. Idempotent. */
  @Override
  void close();
}
