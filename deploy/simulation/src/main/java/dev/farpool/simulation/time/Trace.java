package dev.farpool.simulation.time;

import com.google.protobuf.MessageLite;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.TextFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The last things that happened, put into words only when somebody asks, and one number for
 * everything that happened since the start: two runs of a seed that differ have different ones.
 */
public final class Trace {
  private static final int KEPT = 200;
  private static final int LONGEST = 400;
  private static final long PRIME = 0x100000001b3L;

  private record Entry(long time, long event, String what, List<Object> details) {}

  private final Entry[] entries = new Entry[KEPT];
  private long count;
  private long hash = 0xcbf29ce484222325L;

  void add(long time, long event, String what, Object... details) {
    entries[(int) (count++ % KEPT)] = new Entry(time, event, what, Arrays.asList(details));
    mix(time);
    mix(what.hashCode());
    for (Object detail : details) {
      mix(fingerprint(detail));
    }
  }

  private void mix(long value) {
    hash = (hash ^ value) * PRIME;
    hash ^= hash >>> 29;
  }

  private static long fingerprint(Object detail) {
    if (detail instanceof MessageLite message) {
      return message.getSerializedSize();
    }
    return detail instanceof Number || detail instanceof String ? detail.hashCode() : 1;
  }

  /** The number for everything that happened. */
  public long hash() {
    return hash;
  }

  /** The last things that happened, oldest first. */
  public List<String> last() {
    List<String> lines = new ArrayList<>();
    for (long i = Math.max(0, count - KEPT); i < count; i++) {
      lines.add(text(entries[(int) (i % KEPT)]));
    }
    return lines;
  }

  private static String text(Entry entry) {
    StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.ROOT, "%12.6f s #%d ", entry.time() / 1e9, entry.event()));
    line.append(entry.what());
    for (Object detail : entry.details()) {
      String text =
          detail instanceof MessageOrBuilder message
              ? TextFormat.printer().emittingSingleLine(true).printToString(message)
              : String.valueOf(detail);
      line.append(' ').append(text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text);
    }
    return line.toString();
  }
}
