package dev.farpool.worker;

import io.grpc.Channel;

/** The two connections of a worker to its coordinator, which reconnect by themselves. */
public interface CoordinatorChannels {
  /** Carries the stream of tasks, results and heartbeats. */
  Channel control();

  /** Carries blobs, so that these delay nothing else. */
  Channel bulk();
}
