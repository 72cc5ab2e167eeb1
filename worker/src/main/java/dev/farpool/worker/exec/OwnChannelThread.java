package dev.farpool.worker.exec;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread with a selector. */
final class OwnChannelThread implements ChannelThread {
  private static final Logger log = LoggerFactory.getLogger(OwnChannelThread.class);

  private final Selector selector;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  private OwnChannelThread(Selector selector) {
    this.selector = selector;
  }

  static OwnChannelThread start() throws IOException {
    OwnChannelThread channels = new OwnChannelThread(Selector.open());
    Thread thread = new Thread(channels::run, "farpool-channels");
    thread.setDaemon(true);
    thread.start();
    return channels;
  }

  @Override
  public SelectionKey watch(SelectableChannel channel, int interest, Runnable ready)
      throws IOException {
    SelectionKey key = channel.register(selector, interest, ready);
    selector.wakeup();
    return key;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  private void run() {
    while (!closed) {
      try {
        selector.select(key -> ((Runnable) key.attachment()).run());
      } catch (IOException broken) {
        // Without this thread no executor would be heard any more.
        log.error("event=channels_failed reason=\"{}\"", broken.toString(), broken);
      }
      runTasks();
    }
    runTasks();
    try {
      selector.close();
    } catch (IOException broken) {
      log.warn("event=channels_close_failed reason=\"{}\"", broken.toString());
    }
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
  }
}
