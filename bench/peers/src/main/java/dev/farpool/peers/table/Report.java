package dev.farpool.peers.table;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * The rows, as a table and as JSON.
 *
 * @param rounds how often each peer was started and measured
 * @param absent peers without rows, each with the reason
 */
public record Report(int rounds, List<Row> rows, Map<String, String> absent) {
  private static final String LINE = "%-17s %-16s %12s %12s %12s %-8s %9s %9s";

  /** A table for people. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "%d rounds, %d cores, Java %s; the last columns are Farpool's median divided by the"
                + " peer's%n%n",
            rounds, Runtime.getRuntime().availableProcessors(), Runtime.version().feature()));
    line(text, "PEER", "FIGURE", "LEAST", "MEDIAN", "GREATEST", "UNIT", "EMBEDDED", "CLUSTER");
    for (Row row : rows) {
      line(
          text,
          row.peer(),
          row.figure(),
          Numbers.text(row.spread().least()),
          Numbers.text(row.spread().median()),
          Numbers.text(row.spread().greatest()),
          row.unit(),
          ratio(row.embedded()),
          ratio(row.cluster()));
    }
    absent.forEach((peer, why) -> text.append('\n').append(peer).append(": ").append(why));
    return text.append(absent.isEmpty() ? "" : "\n").toString();
  }

  private static void line(StringBuilder text, Object... cells) {
    text.append(String.format(LINE, cells).stripTrailing()).append('\n');
  }

  private static String ratio(Double value) {
    return value == null ? "" : Numbers.text(value);
  }

  /** One object with a list of rows. */
  public String toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("rounds", rounds);
    json.addProperty("cores", Runtime.getRuntime().availableProcessors());
    json.addProperty("java", Runtime.version().toString());
    JsonArray list = new JsonArray();
    rows.forEach(row -> list.add(json(row)));
    json.add("figures", list);
    JsonObject missing = new JsonObject();
    absent.forEach(missing::addProperty);
    json.add("absent", missing);
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(json);
  }

  private static JsonObject json(Row row) {
    JsonObject json = new JsonObject();
    json.addProperty("peer", row.peer());
    json.addProperty("figure", row.figure());
    json.addProperty("unit", row.unit());
    json.addProperty("least", row.spread().least());
    json.addProperty("median", row.spread().median());
    json.addProperty("greatest", row.spread().greatest());
    if (row.embedded() != null) {
      json.addProperty("embeddedRatio", row.embedded());
    }
    if (row.cluster() != null) {
      json.addProperty("clusterRatio", row.cluster());
    }
    return json;
  }
}
