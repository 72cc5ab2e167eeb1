package dev.farpool.executor;

import dev.farpool.executor.task.Conversation;
import dev.farpool.executor.task.SideThread;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Labels what the codec tells with the task that runs, and has it asked. Thread-safe. */
final class TaskConversation implements Conversation, Runnable {
  private final Outbound outbound;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile Runnable codec;
  private int attempt;

  /** Written after the attempt, and read before it. */
  private volatile long index;

  TaskConversation(Outbound outbound) {
    this.outbound = outbound;
  }

  /** Labels what is told from now on. */
  void label(long index, int attempt) {
    this.attempt = attempt;
    this.index = index;
  }

  @Override
  public void accept(byte[] note) {
    try {
      long of = index;
      outbound.note(of, attempt, note);
    } catch (IOException broken) {
      return; // The task thread finds the channel broken as well, and ends the process.
    }
  }

  @Override
  public void joinedBy(Runnable codec) {
    this.codec = codec;
  }

  /**
   * Asks the codec, on a thread of its own: the answer may wait for a worker that does not listen.
   * While it has not answered it is not asked again.
   */
  void ask() {
    if (codec != null && asking.compareAndSet(false, true)) {
      SideThread.of("farpool-asked", this).start();
    }
  }

  @Override
  public void run() {
    try {
      codec.run();
    } finally {
      asking.set(false);
    }
  }
}
