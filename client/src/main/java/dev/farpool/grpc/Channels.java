package dev.farpool.grpc;

import dev.farpool.v1.BlobRef;
import io.grpc.Channel;
import java.io.IOException;
import java.nio.file.Path;

/** The connections to a cluster. Thread-safe. */
public interface Channels extends AutoCloseable {
  /** For everything but blobs. */
  Channel control();

  /** For blobs. */
  Channel bulk();

  /** The peer did not answer: try the next one, where there are several. */
  void next();

  /** Whom they lead to, for messages. */
  String peer();

  /** Whether a blob was made of a file in place, so that it need not be uploaded. */
  boolean adopt(BlobRef blob, Path file) throws IOException;

  @Override
  void close();
}
