package dev.farpool.cli.map;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text between separators, read one after the other; not thread-safe. */
public final class InputLines {
  private static final int LONGEST_BYTES = 1 << 20;

  private final InputStream source;
  private final byte separator;
  private byte[] buffer = new byte[64 * 1024];
  private int start;
  private int end;
  private long number;

  /**
   * @param separator what ends a line; the end of the input ends the last one
   */
  public InputLines(InputStream source, char separator) {
    this.source = source;
    this.separator = (byte) separator;
  }

  /**
   * The next line without its separator; null at the end.
   *
   * @throws IOException if the input cannot be read, or a line is longer than 1 MiB or no UTF-8
   */
  public String next() throws IOException {
    int scanned = start;
    while (true) {
      for (int at = scanned; at < end; at++) {
        if (buffer[at] == separator) {
          return take(at, at + 1);
        }
      }
      int unread = end - start;
      if (!fill()) {
        return unread == 0 ? null : take(end, end);
      }
      scanned = start + unread;
    }
  }

  private boolean fill() throws IOException {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
    }
    if (end > LONGEST_BYTES) {
      throw new IOException("line " + (number + 1) + " is longer than 1 MiB");
    }
    if (end == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    int read = source.read(buffer, end, buffer.length - end);
    end += Math.max(0, read);
    return read >= 0;
  }

  private String take(int lineEnd, int next) throws IOException {
    number++;
    ByteBuffer bytes = ByteBuffer.wrap(buffer, start, lineEnd - start);
    start = next;
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException malformed) {
      throw new IOException("line " + number + " is no UTF-8", malformed);
    }
  }
}
