package dev.farpool.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Two results side by side, for people. */
public final class ComparisonTable {
  private final BenchResult before;
  private final BenchResult after;

  private ComparisonTable(BenchResult before, BenchResult after) {
    this.before = before;
    this.after = after;
  }

  /** Each figure of either, the ratio of its medians, and whether their spreads overlap. */
  public static String of(BenchResult before, BenchResult after) {
    ComparisonTable comparison = new ComparisonTable(before, after);
    return "before: "
        + before.origin()
        + "\nafter:  "
        + after.origin()
        + "\n"
        + comparison.warning()
        + "\n"
        + comparison.table()
        + "\nratio is after / before; same: the spreads of the rounds overlap\n";
  }

  private String warning() {
    List<String> different = new ArrayList<>();
    note(different, "cores", before.cores(), after.cores());
    note(different, "java", before.java(), after.java());
    note(different, "os", before.os(), after.os());
    note(different, "embedded", before.embedded(), after.embedded());
    note(different, "processes", before.settings().processes(), after.settings().processes());
    note(different, "tasks", before.settings().tasks(), after.settings().tasks());
    note(different, "warmUp", before.settings().warmUp(), after.settings().warmUp());
    note(different, "repeat", before.settings().repeat(), after.settings().repeat());
    return different.isEmpty()
        ? ""
        : "not measured alike: " + String.join(", ", different) + " differ\n";
  }

  private static void note(List<String> different, String name, Object before, Object after) {
    if (!Objects.equals(before, after)) {
      different.add(name);
    }
  }

  private Table table() {
    Table table = new Table("WORKLOAD", "FIGURE", "BEFORE", "AFTER", "RATIO", "CHANGE", "UNIT");
    for (Summary old : before.figures()) {
      Optional<Summary> now = find(old, after);
      now.ifPresentOrElse(
          found ->
              row(
                  table,
                  old,
                  old.median(),
                  found.median(),
                  found.median() / old.median(),
                  change(old, found)),
          () -> row(table, old, old.median(), null, null, "only before"));
    }
    for (Summary now : after.figures()) {
      if (find(now, before).isEmpty()) {
        row(table, now, null, now.median(), null, "only after");
      }
    }
    return table;
  }

  private static void row(
      Table table, Summary figure, Double before, Double after, Double ratio, String change) {
    table.row(figure.workload(), figure.figure(), before, after, ratio, change, figure.unit());
  }

  private static Optional<Summary> find(Summary figure, BenchResult result) {
    return result.figures().stream().filter(figure::measuresTheSameAs).findFirst();
  }

  private static String change(Summary before, Summary after) {
    if (before.overlaps(after)) {
      return "same";
    }
    return after.median() > before.median() ? "higher" : "lower";
  }
}
