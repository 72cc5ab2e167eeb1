package dev.farpool.bench;

import java.util.List;

/** Results as tests need them. */
final class Results {
  private Results() {}

  static BenchResult of(int cores, Summary... figures) {
    return new BenchResult(
        BenchResult.FORMAT,
        "1.2",
        "2026-01-02T03:04:05Z",
        "17",
        "Linux",
        cores,
        true,
        new BenchResult.Settings(null, 2, List.of("noop"), null, 1, 3),
        List.of(figures),
        List.of(new LeftOut("noop", "peak client", "nobody tells")));
  }

  static Summary rate(String workload, double median, double least, double greatest) {
    return new Summary(workload, "rate", "tasks/s", median, least, greatest, 3);
  }
}
