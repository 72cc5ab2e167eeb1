package dev.farpool.executor.task;

import java.util.function.Consumer;

/**
 * What passes between a pool's codec and its client while a task runs. It takes what the codec has
 * to tell; what it tells the codec is that the client asks for something.
 */
public interface Conversation extends Consumer<byte[]> {
  /**
   * The codec can be asked.
   *
   * @param codec run each time, by a thread that may wait
   */
  void joinedBy(Runnable codec);
}
