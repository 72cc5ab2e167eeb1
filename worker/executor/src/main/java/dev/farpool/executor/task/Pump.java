package dev.farpool.executor.task;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Copies one stream of each command to where output goes: while the command runs, on a thread that
 * lives as long as the process, as starting one takes time; or all of it at the end.
 */
final class Pump implements Runnable {
  private static final long LEFTOVER_MILLIS = 2000;

  private final String name;
  private final OutputStream target;
  private final ArrayBlockingQueue<InputStream> sources = new ArrayBlockingQueue<>(1);
  private final Semaphore done = new Semaphore(0);
  private Thread thread;
  private boolean begun;
  private volatile boolean writing;
  private volatile long copied;

  Pump(String name, OutputStream target) {
    this.name = name;
    this.target = target;
  }

  /** Begins to copy a stream. */
  void begin(InputStream source) {
    if (thread == null) {
      thread = SideThread.of(name, this);
      thread.start();
    }
    copied = 0;
    begun = true;
    sources.add(source);
  }

  /**
   * Copies the rest of a stream to which nobody should write any more. A process that escaped, and
   * holds it open, is not waited for.
   *
   * @return how many bytes were in the stream
   */
  long finish(InputStream source) throws IOException {
    if (!begun) {
      return drain(source);
    }
    begun = false;
    if (!await(LEFTOVER_MILLIS)) {
      source.close();
      await(LEFTOVER_MILLIS);
    }
    return copied;
  }

  private long drain(InputStream source) throws IOException {
    long size = 0;
    try (source) {
      for (int left = source.available(); left > 0; left = source.available()) {
        byte[] bytes = source.readNBytes(left);
        target.write(bytes, 0, bytes.length);
        size += bytes.length;
      }
    }
    return size;
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
    long size = 0;
    try {
      for (int read = source.read(buffer); read >= 0; read = source.read(buffer)) {
        write(buffer, read);
        size += read;
      }
    } catch (IOException closed) {
      return; // By the task thread, because a process that escaped holds the stream open.
    } finally {
      copied = size;
    }
  }
}
