package dev.farpool.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Rows in columns as wide as their widest cell; numbers stand to the right. */
final class Table {
  private final List<String> titles;
  private final List<Object[]> rows = new ArrayList<>();

  Table(String... titles) {
    this.titles = List.of(titles);
  }

  /**
   * @param cells texts, numbers, or null where there is no number
   */
  void row(Object... cells) {
    rows.add(cells);
  }

  @Override
  public String toString() {
    String format =
        String.join("  ", IntStream.range(0, titles.size()).mapToObj(this::format).toList());
    StringBuilder text = new StringBuilder(line(format, titles.toArray()));
    for (Object[] row : rows) {
      text.append(
          line(format, IntStream.range(0, row.length).mapToObj(i -> cell(row[i])).toArray()));
    }
    return text.toString();
  }

  private String format(int column) {
    int width = titles.get(column).length();
    boolean numeric = !rows.isEmpty();
    for (Object[] row : rows) {
      width = Math.max(width, cell(row[column]).length());
      numeric &= !(row[column] instanceof String);
    }
    return "%" + (numeric ? "" : "-") + width + "s";
  }

  private static String line(String format, Object[] cells) {
    return String.format(format, cells).stripTrailing() + "\n";
  }

  private static String cell(Object cell) {
    return cell instanceof Double number ? number(number) : cell == null ? "-" : cell.toString();
  }

  /** Three digits that matter, with thousands set apart. */
  private static String number(double value) {
    double size = Math.abs(value);
    String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }
}
