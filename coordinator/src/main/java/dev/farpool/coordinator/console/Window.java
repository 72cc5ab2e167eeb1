package dev.farpool.coordinator.console;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/**
 * Some rows of many.
 *
 * @param total how many there are
 * @param matching how many of them are of the kind that was asked for
 * @param from how many of those come before the first row
 */
record Window<T>(int total, int matching, int from, List<T> rows) {
  /** Writes one row. */
  @FunctionalInterface
  interface RowWriter<T> {
    void write(T row) throws IOException;
  }

  /** The window that begins at a row, or with the last row if there are fewer. */
  static <T> Window<T> of(List<T> all, Predicate<T> matches, int from, int count) {
    List<T> matching = all.stream().filter(matches).toList();
    int begin = Math.min(from, Math.max(0, matching.size() - 1));
    int end = Math.min(matching.size(), begin + count);
    return new Window<>(all.size(), matching.size(), begin, matching.subList(begin, end));
  }

  void write(JsonWriter json, RowWriter<T> writer) throws IOException {
    json.beginObject();
    json.name("total").value(total);
    json.name("matching").value(matching);
    json.name("from").value(from);
    json.name("rows").beginArray();
    for (T row : rows) {
      writer.write(row);
    }
    json.endArray().endObject();
  }
}
