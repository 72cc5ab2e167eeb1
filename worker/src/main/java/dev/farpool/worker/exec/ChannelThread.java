package dev.farpool.worker.exec;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.concurrent.Executor;

/**
 * The one thread on which the channels of a worker's executors are dealt with. Where it also talks
 * to the coordinator, a result wakes no other thread on its way. Thread-safe.
 */
public interface ChannelThread extends Executor, AutoCloseable {
  /** A thread that does nothing else, until it is closed. */
  static ChannelThread start() throws IOException {
    return OwnChannelThread.start();
  }

  /**
   * Watches a channel until it is closed.
   *
   * @param interest what it is watched for, as in {@link SelectionKey#interestOps}; it can be
   *     changed at the key, followed by {@link #execute} so that it is looked at
   * @param ready called on the thread when the channel is ready
   * @throws IOException if the channel cannot be watched
   */
  SelectionKey watch(SelectableChannel channel, int interest, Runnable ready) throws IOException;

  /** Does what was given to it and watches no more. A thread that does other things goes on. */
  @Override
  void close();
}
