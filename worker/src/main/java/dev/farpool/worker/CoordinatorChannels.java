package dev.farpool.worker;

import dev.farpool.worker.exec.ChannelThread;
import io.grpc.Channel;
import java.io.IOException;

/** The two connections of a worker to its coordinator, which reconnect by themselves. */
public interface CoordinatorChannels {
  /** Carries the stream of tasks, results and heartbeats. */
  Channel control();

  /** Carries blobs, so that these delay nothing else. */
  Channel bulk();

  /**
   * Where executors are listened to. Best on the thread of {@link #control}; here it is one of its
   * own.
   *
   * @throws IOException if there can be no such thread
   */
  default ChannelThread executors() throws IOException {
    return ChannelThread.start();
  }
}
