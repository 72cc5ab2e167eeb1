package dev.farpool.executor.task;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Copies one stream of each command to where output goes: while the command runs, on a thread that
 * lives as long as the process, as starting one takes time; or all of it at the end.
 */
final class Pump {
  private static final long LEFTOVER_MILLIS = 2000;

  private final String name;
  private final OutputStream target;
  private Copier copier;
  private boolean begun;

  Pump(String name, OutputStream target) {
    this.name = name;
    this.target = target;
  }

  /** Begins to copy a stream. */
  void begin(InputStream source) {
    if (copier == null) {
      copier = new Copier(target);
      SideThread.of(name, copier).start();
    }
    begun = true;
    copier.begin(source);
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
    if (!copier.await(LEFTOVER_MILLIS)) {
      copier.abandon(); // The kernel keeps it in its read, whoever closes the stream.
      copier = null;
      source.close();
      return 0;
    }
    return copier.copied();
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
}
