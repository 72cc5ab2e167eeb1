package dev.farpool.cli;

import dev.farpool.v1.GetActivityRequest;
import dev.farpool.v1.GetActivityResponse;
import dev.farpool.v1.GetStatusResponse;
import io.grpc.StatusRuntimeException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows what a cluster does, as it does it. */
@Command(
    name = "top",
    header = "Shows what a cluster does, as it does it.",
    description = {
      "Workers with their slots, pools with their progress and rate, the queue, and how long tasks"
          + " wait and run. On a terminal it fills the screen and is renewed until q is pressed;"
          + " elsewhere, or with --once, it is printed once."
    },
    footer = {"Examples:", "  farpool top", "  farpool top --interval 5s", "  farpool top --once"})
final class TopCommand implements Callable<Integer> {
  private static final Duration LEAST = Duration.ofMillis(100);
  private static final Duration MOST = Duration.ofHours(1);

  @Mixin private CoordinatorOption coordinator;

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      defaultValue = "1s",
      description = "How often it is renewed (default: ${DEFAULT-VALUE}).")
  private Duration interval;

  @Option(names = "--once", fallbackValue = "true", description = "Print it once, as a table.")
  private boolean once;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    if (interval.compareTo(LEAST) < 0 || interval.compareTo(MOST) > 0) {
      throw new ParameterException(
          spec.commandLine(), "--interval must be 100ms to 1h, not " + interval.toMillis() + "ms");
    }
    try (Connection connection = Connection.open(coordinator)) {
      if (once || !Boolean.getBoolean("farpool.screen")) {
        print(connection);
      } else {
        watch(connection);
      }
      return 0;
    }
  }

  private void print(Connection connection) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(TopView.of(connection.address(), sample(connection), null).text());
    out.flush();
  }

  private void watch(Connection connection) throws InterruptedException {
    TopSample before = null;
    try (Terminal terminal = Terminal.open()) {
      do {
        TopSample now = sample(connection);
        TopView view = TopView.of(connection.address(), now, before);
        terminal.show(view.text(terminal.size()));
        before = now;
      } while (terminal.awaitKey(interval) != 'q');
    }
  }

  private static TopSample sample(Connection connection) {
    try {
      GetStatusResponse status = ClusterCommand.status(connection);
      GetActivityResponse activity =
          ClusterCommand.cluster(connection).getActivity(GetActivityRequest.getDefaultInstance());
      return new TopSample(status, activity, System.nanoTime());
    } catch (StatusRuntimeException failure) {
      throw connection.failed(failure);
    }
  }
}
