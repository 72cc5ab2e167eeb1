package dev.farpool.executor.task;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/**
 * A thread that copies one stream of each command to where output goes. It lives as long as the
 * process, since starting two threads would cost a short command a tenth of its time.
 */
final class Pump implements Runnable {
  private final OutputStream target;
  private final SynchronousQueue<InputStream> sources = new SynchronousQueue<>();
  private final Semaphore done = new Semaphore(0);
  private Thread thread;
  private volatile boolean writing;

  Pump(OutputStream target) {
    this.target = target;
  }

  /** Begins to copy a stream. */
  void begin(String name, InputStream source) throws InterruptedException {
    if (thread == null) {
      thread = SideThread.of(name, this);
      thread.start();
    }
    sources.put(source);
  }

  /**
   * Waits for the stream's end, and for as long as it takes until what came before is written.
   *
   * @return false if nothing more came in time, and yet no end
   */
  boolean await(long millis) throws InterruptedException {
    while (!done.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
      if (!writing) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void run() {
    byte[] buffer = new byte[16 * 1024];
    try {
      while (true) {
        copy(sources.take(), buffer);
        done.release();
      }
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(byte[] buffer, int length) throws IOException {
    writing = true;
    try {
      target.write(buffer, 0, length);
    } finally {
      writing = false;
    }
  }

  private void copy(InputStream source, byte[] buffer) {
    try {
      for (int read = source.read(buffer); read >= 0; read = source.read(buffer)) {
        write(buffer, read);
      }
    } catch (IOException closed) {
      return; // By the task thread, because a process that escaped holds the stream open.
    }
  }
}
