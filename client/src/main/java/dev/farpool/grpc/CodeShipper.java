package dev.farpool.grpc;

import java.util.concurrent.CompletionStage;

/** Brings a pool's code to the cluster. */
@FunctionalInterface
public interface CodeShipper {
  /**
   * Makes sure that the blobs of the code are there. Returns at once; the stage fails with an
   * {@link java.io.IOException} if they cannot be read or uploaded.
   */
  CompletionStage<Void> ship(BlobLink blobs, Channels channels);
}
