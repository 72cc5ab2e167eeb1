package dev.farpool.bench;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;

/** What was measured, as a table for people and as JSON for programs. */
public final class BenchReport {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private final BenchConfig config;
  private final List<Summary> summaries;

  BenchReport(BenchConfig config, List<Summary> summaries) {
    this.config = config;
    this.summaries = List.copyOf(summaries);
  }

  /** A table, with the median and the range of each figure. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "%s, %d processes, median of %d rounds after %d; %d cores, Java %s%n%n",
            config.coordinator().map(at -> "cluster at " + at).orElse("embedded cluster"),
            config.processes(),
            config.repeat(),
            config.warmUp(),
            Runtime.getRuntime().availableProcessors(),
            Runtime.version().feature()));
    text.append(line("WORKLOAD", "FIGURE", "MEDIAN", "MIN", "MAX", "UNIT"));
    for (Summary summary : summaries) {
      text.append(
          line(
              summary.workload(),
              summary.figure(),
              number(summary.median()),
              number(summary.min()),
              number(summary.max()),
              summary.unit()));
    }
    return text.toString();
  }

  /** One JSON object with the configuration and a list of figures. */
  public String toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("coordinator", config.coordinator().orElse("embedded"));
    json.addProperty("processes", config.processes());
    json.addProperty("warmUp", config.warmUp());
    json.addProperty("repeat", config.repeat());
    json.addProperty("cores", Runtime.getRuntime().availableProcessors());
    json.addProperty("java", Runtime.version().toString());
    JsonArray figures = new JsonArray();
    summaries.forEach(summary -> figures.add(GSON.toJsonTree(summary)));
    json.add("figures", figures);
    return GSON.toJson(json);
  }

  private static String line(
      String workload, String figure, String median, String min, String max, String unit) {
    return String.format("%-9s %-11s %12s %12s %12s  %s", workload, figure, median, min, max, unit)
            .stripTrailing()
        + "\n";
  }

  /** Three digits that matter, with thousands set apart. */
  private static String number(double value) {
    String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }
}
