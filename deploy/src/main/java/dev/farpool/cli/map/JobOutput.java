package dev.farpool.cli.map;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.OutputStream;

/** What one job printed, its two streams apart. Not thread-safe. */
public final class JobOutput {
  private final Spool out;
  private final Spool err;
  private long outBytes;

  /**
   * @param store where it waits
   */
  public JobOutput(OutputStore store) {
    out = new Spool(store);
    err = new Spool(store);
  }

  /** Keeps what it printed. */
  public void add(boolean stderr, ByteString bytes) {
    (stderr ? err : out).add(bytes);
    outBytes += stderr ? 0 : bytes.size();
  }

  /** Counts what it printed and somebody else shows. */
  public void count(boolean stderr, ByteString bytes) {
    outBytes += stderr ? 0 : bytes.size();
  }

  /** Moves what it printed to where it belongs. */
  public void drainTo(OutputStream stdout, OutputStream stderr) throws IOException {
    out.copyTo(stdout);
    err.copyTo(stderr);
    out.clear();
    err.clear();
  }

  /** Forgets it. */
  public void clear() {
    out.clear();
    err.clear();
    outBytes = 0;
  }

  /** How many bytes went to standard output. */
  public long outBytes() {
    return outBytes;
  }
}
