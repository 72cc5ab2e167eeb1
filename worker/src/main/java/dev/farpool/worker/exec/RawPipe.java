package dev.farpool.worker.exec;

import com.google.protobuf.ByteString;
import dev.farpool.worker.core.Command;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drains the raw standard output or standard error of an executor, on a thread of its own: what the
 * JVM itself, native code or an inherited descriptor writes. It must never fill up.
 */
final class RawPipe implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(RawPipe.class);
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
    int size = 0;
    try {
      for (int read = source.read(buffer); read >= 0; ) {
        size += read;
        int lines = endOfLines(buffer, size);
        int sent = lines == 0 && size == BUFFER ? size : lines;
        forward(buffer, sent);
        System.arraycopy(buffer, sent, buffer, 0, size - sent);
        size -= sent;
        read = source.read(buffer, size, BUFFER - size);
      }
    } catch (IOException closed) {
      log.trace("event=pipe_closed executor={}", executor.id(), closed);
    }
    forward(buffer, size);
  }

  private static int endOfLines(byte[] buffer, int size) {
    int end = size;
    while (end > 0 && buffer[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private void forward(byte[] buffer, int length) {
    if (length > 0) {
      ByteString data = ByteString.copyFrom(buffer, 0, length);
      // The JVM tells on standard output why it gave up.
      executor.stderr().add(data);
      mailbox.accept((agent, now) -> agent.output(executor.id(), -1, 0, stderr, data));
    }
  }
}
