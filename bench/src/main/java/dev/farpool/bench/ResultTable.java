package dev.farpool.bench;

/** A result as a table for people. */
public final class ResultTable {
  private ResultTable() {}

  /** The median and the spread of each figure. */
  public static String of(BenchResult result) {
    Table table = new Table("WORKLOAD", "FIGURE", "MEDIAN", "LEAST", "GREATEST", "UNIT");
    for (Summary summary : result.figures()) {
      table.row(
          summary.workload(),
          summary.figure(),
          summary.median(),
          summary.least(),
          summary.greatest(),
          summary.unit());
    }
    StringBuilder text = new StringBuilder(result.origin() + "\n\n" + table);
    for (LeftOut left : result.leftOut()) {
      text.append(
          String.format(
              "%nleft out: %s %s, because %s", left.workload(), left.figure(), left.reason()));
    }
    return text.append(result.leftOut().isEmpty() ? "" : "\n").toString();
  }
}
