package dev.farpool.grpc;

import java.io.IOException;

/** Brings a pool's code to the cluster. */
@FunctionalInterface
public interface CodeShipper {
  /**
   * Makes sure that the blobs of the code are there.
   *
   * @throws IOException if they cannot be read or uploaded
   * @throws InterruptedException if the thread is interrupted
   */
  void ship(BlobLink blobs, Channels channels) throws IOException, InterruptedException;
}
