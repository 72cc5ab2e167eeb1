package dev.farpool.worker.exec;

import com.google.protobuf.ByteString;
import dev.farpool.worker.core.Command;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * Drains the raw standard output or standard error of an executor, on a thread of its own: what the
 * JVM itself, native code or an inherited descriptor writes. It must never fill up.
 */
final class RawPipe implements Runnable {
  private static final int STACK_BYTES = 128 * 1024;
  private static final int BUFFER = 16 * 1024;

  private final ChildExecutor executor;
  private final InputStream source;
  private final boolean stderr;
  private final Consumer<Command> mailbox;
  private final Thread thread;

  RawPipe(ChildExecutor executor, InputStream source, boolean stderr, Consumer<Command> mailbox) {
    this.executor = executor;
    this.source = source;
    this.stderr = stderr;
    this.mailbox = mailbox;
    String name = "farpool-" + (stderr ? "stderr-" : "stdout-") + executor.id();
    this.thread = new Thread(null, this, name, STACK_BYTES);
    thread.setDaemon(true);
  }

  RawPipe start() {
    thread.start();
    return this;
  }

  /** Waits for its end, which a process that escaped may put off. */
  void await(long millis) throws InterruptedException {
    thread.join(millis);
  }

  @Override
  public void run() {
    byte[] buffer = new byte[BUFFER];
    try {
      for (int read = source.read(buffer); read >= 0; read = source.read(buffer)) {
        ByteString data = ByteString.copyFrom(buffer, 0, read);
        // The JVM tells on standard output why it gave up.
        executor.stderr().add(data);
        mailbox.accept((agent, now) -> agent.output(executor.id(), -1, 0, stderr, data));
      }
    } catch (IOException closed) {
      return; // Closed with the process.
    }
  }
}
