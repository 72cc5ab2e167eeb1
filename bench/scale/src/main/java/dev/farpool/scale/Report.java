package dev.farpool.scale;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;

/**
 * Figures as a table for people and as JSON for programs.
 *
 * @param title what was run
 */
record Report(String title, List<Figure> figures) {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  /** Whether no promise was broken. */
  boolean isSound() {
    return figures.stream().noneMatch(Figure::isBroken);
  }

  String toText() {
    StringBuilder text = new StringBuilder(title).append("\n\n");
    for (Figure figure : figures) {
      String line =
          String.format(
              "%-46s %14s %-12s %s",
              figure.name(), number(figure.value()), figure.unit(), verdict(figure));
      text.append(line.stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static String verdict(Figure figure) {
    return figure
        .budget()
        .map(
            budget ->
                String.format(
                    "budget %s %s: %s",
                    budget.atMost() ? "at most" : "at least",
                    number(budget.bound()),
                    budget.isMet(figure.value()) ? "kept" : "missed"))
        .orElse("");
  }

  String toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("title", title);
    JsonArray list = new JsonArray();
    for (Figure figure : figures) {
      JsonObject item = new JsonObject();
      item.addProperty("name", figure.name());
      item.addProperty("value", figure.value());
      item.addProperty("unit", figure.unit());
      figure.budget().ifPresent(budget -> item.addProperty("budget", budget.bound()));
      list.add(item);
    }
    json.add("figures", list);
    return GSON.toJson(json);
  }

  /** Three digits that matter, with thousands set apart. */
  private static String number(double value) {
    boolean whole = value == Math.rint(value) || Math.abs(value) >= 100;
    String format = whole ? "%,.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }
}
