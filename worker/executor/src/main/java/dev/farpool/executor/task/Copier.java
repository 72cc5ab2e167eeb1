package dev.farpool.executor.task;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** What a thread does that copies one stream after the other. Owned by the task thread. */
final class Copier implements Runnable {
  private final OutputStream target;
  private final ArrayBlockingQueue<InputStream> sources = new ArrayBlockingQueue<>(1);
  private final Semaphore done = new Semaphore(0);
  private volatile boolean writing;
  private volatile boolean abandoned;
  private volatile long copied;

  Copier(OutputStream target) {
    this.target = target;
  }

  /** Copies a stream, the last one having ended. */
  void begin(InputStream source) {
    copied = 0;
    sources.add(source);
  }

  /**
   * Waits for the stream's end, and for as long as it takes until what came before is written.
   *
   * @return false if nothing more came in time, and yet no end
   */
  boolean await(long millis) {
    boolean interrupted = false;
    boolean ended = false;
    boolean hopeful = true;
    while (!ended && hopeful) {
      try {
        ended = done.tryAcquire(millis, TimeUnit.MILLISECONDS);
        hopeful = writing;
      } catch (InterruptedException cancelled) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return ended;
  }

  /** How many bytes of the stream were copied. */
  long copied() {
    return copied;
  }

  /** Copies nothing more; ends when the stream does. */
  void abandon() {
    abandoned = true;
  }

  @Override
  public void run() {
    byte[] buffer = new byte[16 * 1024];
    try {
      while (!abandoned) {
        copy(sources.take(), buffer);
        done.release();
      }
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
  }

  private void copy(InputStream source, byte[] buffer) {
    long size = 0;
    try {
      for (int read = source.read(buffer); read >= 0 && !abandoned; read = source.read(buffer)) {
        write(buffer, read);
        size += read;
        copied = size;
      }
    } catch (IOException closed) {
      return; // By the task thread, because a process that escaped holds the stream open.
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
}
