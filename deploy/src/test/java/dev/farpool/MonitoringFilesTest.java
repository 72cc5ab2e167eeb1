package dev.farpool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Holds the dashboard and the alerts to docs/metrics.md, which other tests hold to what is exposed.
 */
class MonitoringFilesTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "metrics.md");
  private static final Path DASHBOARD = Path.of("src", "main", "grafana", "farpool.json");
  private static final Path RULES = Path.of("src", "main", "prometheus", "rules.yml");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_0-9]+)` \\| (\\w+) \\|");
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:farpool|jvm|process|system)_[a-z0-9_]+\\b");
  private static final Pattern ALERT =
      Pattern.compile("(?m)^      - alert: (\\w+)\\n((?:^(?:       .*)?\\n)+)");

  @Test
  void everyQueryOfTheDashboardNamesMetricsThatThereAre() throws IOException {
    List<String> queries = dashboardQueries();

    assertTrue(queries.size() > 20, queries::toString);
    queries.forEach(query -> assertTrue(METRIC.matcher(query).find(), query));
    assertEquals(Set.of(), unknown(queries));
  }

  @Test
  void everyPanelHasAPlaceOfItsOwn() throws IOException {
    Set<Integer> ids = new HashSet<>();
    Set<String> places = new HashSet<>();
    for (JsonElement panel : dashboard().getAsJsonArray("panels")) {
      JsonObject place = panel.getAsJsonObject().getAsJsonObject("gridPos");
      assertTrue(ids.add(panel.getAsJsonObject().get("id").getAsInt()), panel::toString);
      assertTrue(places.add(place.get("x") + "," + place.get("y")), panel::toString);
    }
  }

  @Test
  void everyAlertNamesMetricsThatThereAreAndSaysWhatToDo() throws IOException {
    List<MatchResult> alerts = ALERT.matcher(Files.readString(RULES)).results().toList();

    assertTrue(alerts.size() >= 5, alerts::toString);
    for (MatchResult alert : alerts) {
      String body = alert.group(2);
      assertTrue(body.contains("summary: "), alert.group(1));
      assertTrue(body.contains("description: "), alert.group(1));
      assertTrue(body.contains("severity: "), alert.group(1));
      assertEquals(Set.of(), unknown(List.of(body)), alert.group(1));
    }
  }

  private static JsonObject dashboard() throws IOException {
    return JsonParser.parseString(Files.readString(DASHBOARD)).getAsJsonObject();
  }

  private static List<String> dashboardQueries() throws IOException {
    List<String> queries = new ArrayList<>();
    for (JsonElement panel : dashboard().getAsJsonArray("panels")) {
      for (JsonElement target : panel.getAsJsonObject().getAsJsonArray("targets")) {
        queries.add(target.getAsJsonObject().get("expr").getAsString());
      }
    }
    JsonObject templating = dashboard().getAsJsonObject("templating");
    for (JsonElement variable : templating.getAsJsonArray("list")) {
      if (variable.getAsJsonObject().get("type").getAsString().equals("query")) {
        JsonObject query = variable.getAsJsonObject().getAsJsonObject("query");
        queries.add(query.get("query").getAsString());
      }
    }
    return queries;
  }

  private static Set<String> unknown(List<String> texts) throws IOException {
    Set<String> known = series();
    Set<String> unknown = new TreeSet<>();
    for (String text : texts) {
      METRIC.matcher(text).results().map(MatchResult::group).forEach(unknown::add);
    }
    unknown.removeAll(known);
    return unknown;
  }

  /** The names of all series: of a histogram there are three, of a summary two. */
  private static Set<String> series() throws IOException {
    Map<String, List<String>> suffixes = new HashMap<>();
    suffixes.put("histogram", List.of("_bucket", "_count", "_sum"));
    suffixes.put("summary", List.of("_count", "_sum"));
    Set<String> series = new TreeSet<>();
    ROW.matcher(Files.readString(DOCUMENT))
        .results()
        .forEach(
            row ->
                suffixes
                    .getOrDefault(row.group(2), List.of(""))
                    .forEach(suffix -> series.add(row.group(1) + suffix)));
    return series;
  }
}
