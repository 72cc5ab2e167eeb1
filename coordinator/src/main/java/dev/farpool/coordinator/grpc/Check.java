package dev.farpool.coordinator.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import dev.farpool.v1.BlobRef;
import dev.farpool.v1.IndexRange;
import dev.farpool.v1.ProtocolRange;
import java.util.List;
import java.util.Map;

/** What fields of several messages must be. Each method throws {@link InvalidFieldException}. */
final class Check {
  private static final int SHA256_BYTES = 32;
  private static final int MOST_LABELS = 100;
  private static final int LONGEST_LABEL = 200;

  private Check() {}

  static void require(boolean valid, String field, String must) {
    if (!valid) {
      throw new InvalidFieldException(field, must);
    }
  }

  /** An unsigned number that must lie in a range. */
  static void range(int value, int least, int most, String field) {
    if (value < least || value > most) {
      throw new InvalidFieldException(
          field, "must be " + least + " to " + most + ", not " + Integer.toUnsignedString(value));
    }
  }

  static void length(String text, int most, String field) {
    require(
        text.length() <= most,
        field,
        "must have at most " + most + " characters, not " + text.length());
  }

  static void notEmpty(String text, String field) {
    require(!text.isEmpty(), field, "must not be empty");
  }

  /** Text that becomes part of a command line or an environment. */
  static void noNul(String text, String field) {
    require(text.indexOf('\0') < 0, field, "must not contain a NUL character");
  }

  static void size(ByteString bytes, int most, String field) {
    require(
        bytes.size() <= most, field, "must have at most " + most + " bytes, not " + bytes.size());
  }

  static void sha256(ByteString digest, String field) {
    require(
        digest.size() == SHA256_BYTES,
        field,
        "must have exactly " + SHA256_BYTES + " bytes, not " + digest.size());
  }

  static void blob(BlobRef blob, String field) {
    sha256(blob.getSha256(), field + ".sha256");
    require(blob.getSize() >= 0, field + ".size", "must be below 2^63");
  }

  /** A time above zero, or zero too where that is said. */
  static void duration(Duration time, boolean zeroAllowed, long mostSeconds, String field) {
    boolean normal = time.getNanos() >= 0 && time.getNanos() < 1_000_000_000;
    boolean zero = time.getSeconds() == 0 && time.getNanos() == 0;
    require(
        normal
            && time.getSeconds() >= 0
            && (zeroAllowed || !zero)
            && (time.getSeconds() < mostSeconds
                || (time.getSeconds() == mostSeconds && time.getNanos() == 0)),
        field,
        "must be "
            + (zeroAllowed ? "0" : "above 0")
            + " to "
            + mostSeconds
            + " s, not "
            + time.getSeconds()
            + " s and "
            + time.getNanos()
            + " ns");
  }

  static void labels(Map<String, String> labels, String field) {
    require(
        labels.size() <= MOST_LABELS,
        field,
        "must have at most " + MOST_LABELS + " entries, not " + labels.size());
    labels.forEach(
        (key, value) -> {
          notEmpty(key, field + " key");
          length(key, LONGEST_LABEL, field + " key");
          length(value, LONGEST_LABEL, field + "[" + key + "]");
        });
  }

  static void environment(Map<String, String> environment, String field) {
    environment.forEach(
        (key, value) -> {
          require(
              !key.isEmpty() && key.indexOf('=') < 0,
              field + " key",
              "must not be empty or contain '=', as in \"" + key + "\"");
          noNul(key, field + " key");
          noNul(value, field + "[" + key + "]");
        });
  }

  static void workingDirectory(String directory, String field) {
    require(
        directory.isEmpty() || directory.startsWith("/"),
        field,
        "must be empty or an absolute path, not \"" + directory + "\"");
    noNul(directory, field);
  }

  /** So far from the end of all numbers that any batch fits behind it. */
  static void index(long index, String field) {
    require(index >= 0 && index < 1L << 62, field, "must be below 2^62");
  }

  static void ranges(List<IndexRange> ranges, String field) {
    for (int i = 0; i < ranges.size(); i++) {
      IndexRange range = ranges.get(i);
      String path = field + "[" + i + "]";
      require(range.getFirst() >= 0, path + ".first", "must be below 2^63");
      require(
          range.getCount() >= 1 && range.getFirst() + range.getCount() > 0,
          path + ".count",
          "must be at least 1, and the range end below 2^63");
    }
  }

  static void protocol(boolean present, ProtocolRange range, String field) {
    require(present, field, "must be set");
    require(range.getOldest() >= 1, field + ".oldest", "must be at least 1");
    require(
        range.getNewest() >= range.getOldest(),
        field + ".newest",
        "must not be below " + field + ".oldest");
  }
}
