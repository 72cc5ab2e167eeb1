package dev.farpool.grpc;

import dev.farpool.spi.LocalCluster;
import dev.farpool.v1.BlobRef;
import io.grpc.Channel;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The connections to a cluster inside this JVM.
 *
 * @param cluster is closed with them
 */
public record LocalChannels(LocalCluster cluster) implements Channels {
  @Override
  public Channel control() {
    return cluster.control();
  }

  @Override
  public Channel bulk() {
    return cluster.bulk();
  }

  @Override
  public void next() {
    // There is only one.
  }

  @Override
  public String peer() {
    return "the cluster in this JVM";
  }

  @Override
  public boolean adopt(BlobRef blob, Path file) throws IOException {
    cluster.adopt(blob, file);
    return true;
  }

  @Override
  public void close() {
    cluster.close();
  }
}
