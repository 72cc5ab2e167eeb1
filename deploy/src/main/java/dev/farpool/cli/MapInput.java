package dev.farpool.cli;

import dev.farpool.cli.map.InputLines;
import dev.farpool.cli.map.Job;
import dev.farpool.cli.map.JobOutput;
import dev.farpool.cli.map.OutputStore;
import dev.farpool.cli.map.Tally;
import dev.farpool.cli.map.Window;
import java.io.IOException;
import java.util.function.Consumer;

/** Makes a job of each line of input, as fast as there is room for them. */
final class MapInput {
  private final InputLines lines;
  private final MapSettings settings;
  private final Tally tally;
  private final Window window;
  private final OutputStore store;

  MapInput(InputLines lines, MapSettings settings, Tally tally, Window window, OutputStore store) {
    this.lines = lines;
    this.settings = settings;
    this.tally = tally;
    this.window = window;
    this.store = store;
  }

  /** Hands over jobs until the input ends or no more are wanted. */
  void readAll(Consumer<Job> jobs) throws IOException, InterruptedException {
    long number = 0;
    long place = 0;
    for (String line = lines.next(); line != null; line = lines.next()) {
      number++;
      if (settings.skipped().get((int) Math.min(Integer.MAX_VALUE, number))) {
        continue;
      }
      int cost = Job.cost(line);
      window.take(cost);
      if (!tally.admit()) {
        return;
      }
      jobs.accept(
          new Job(
              number, place++, cost, settings.template().fill(number, line), new JobOutput(store)));
    }
  }
}
