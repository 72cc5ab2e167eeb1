package dev.farpool.cli;

import dev.farpool.bench.BenchResult;
import dev.farpool.bench.ComparisonTable;
import dev.farpool.bench.ResultJson;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows two results of bench side by side. */
@Command(
    name = "compare",
    header = "Shows two results of farpool bench --json side by side.",
    description = {
      "For each figure the medians, their ratio, and whether it changed: \"same\" where the"
          + " spreads of the rounds, least to greatest, overlap."
    },
    footer = {
      "Examples:",
      "  farpool bench compare before.json after.json",
    })
final class BenchCompareCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "BEFORE", description = "A file of farpool bench --json.")
  private Path before;

  @Parameters(index = "1", paramLabel = "AFTER", description = "Another.")
  private Path after;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(ComparisonTable.of(read(before), read(after)));
    out.flush();
    return 0;
  }

  private static BenchResult read(Path file) {
    try {
      return ResultJson.read(file);
    } catch (IllegalArgumentException wrong) {
      throw CommandException.wrong(wrong.getMessage());
    }
  }
}
