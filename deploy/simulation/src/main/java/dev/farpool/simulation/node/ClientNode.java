package dev.farpool.simulation.node;

import dev.farpool.grpc.Channels;
import dev.farpool.grpc.SessionLink;
import dev.farpool.simulation.net.SimChannel;
import dev.farpool.simulation.time.VirtualProcess;
import dev.farpool.v1.BlobRef;
import io.grpc.Channel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** A client process: the product's link to the coordinator. */
public final class ClientNode {
  /** So long that giving up is always somebody else's decision. */
  private static final Duration PATIENCE = Duration.ofHours(10);

  private final VirtualProcess process;
  private final SimChannel channel;
  private boolean stoodStill;

  /** A client that has no session yet. */
  public ClientNode(VirtualProcess process, SimChannel channel) {
    this.process = process;
    this.channel = channel;
  }

  /** The process around it. */
  public VirtualProcess process() {
    return process;
  }

  /** Its connection. */
  public SimChannel channel() {
    return channel;
  }

  /** It stands still for a while. */
  public void pause() {
    process.pause();
    stoodStill = true;
  }

  /** Whether it ever stood still, so that its calls took longer than they may. */
  public boolean hasStoodStill() {
    return stoodStill;
  }

  /** Looks for the coordinator until it has a session. */
  public CompletionStage<SessionLink> open() {
    return SessionLink.openAsync(
        new OneChannel(channel), process.name(), PATIENCE, PATIENCE, process.surroundings());
  }

  private record OneChannel(SimChannel channel) implements Channels {
    @Override
    public Channel control() {
      return channel;
    }

    @Override
    public Channel bulk() {
      return channel;
    }

    @Override
    public void next() {
      // There is only one coordinator, and every call tries to reach it.
    }

    @Override
    public String peer() {
      return channel.authority();
    }

    @Override
    public boolean adopt(BlobRef blob, Path file) {
      return false;
    }

    @Override
    public void close() {
      channel.close();
    }
  }
}
