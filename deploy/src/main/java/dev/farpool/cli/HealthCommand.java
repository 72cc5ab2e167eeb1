package dev.farpool.cli;

import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What probes run: the exit code tells whether a coordinator or a worker is fit for work. */
@Command(
    name = "health",
    header = "Tells whether a coordinator serves, or a worker takes tasks.",
    description =
        "For probes: exits with 0 if so, with 1 if not, with 3 if no coordinator answers. A worker"
            + " is asked through its --ready-file, on its own host.",
    footer = {"Examples:", "  farpool health", "  farpool health --ready-file /run/farpool/ready"})
final class HealthCommand implements Callable<Integer> {
  private static final long DEADLINE_SECONDS = 5;

  @Mixin private CoordinatorOption coordinator;

  @Option(
      names = "--ready-file",
      paramLabel = "FILE",
      description = "Ask the worker that was started with this --ready-file, and no coordinator.")
  private Path readyFile;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    String text = readyFile == null ? coordinatorServes() : workerIsReady();
    spec.commandLine().getOut().println(text);
    spec.commandLine().getOut().flush();
    return 0;
  }

  private String workerIsReady() {
    if (!Files.exists(readyFile)) {
      throw CommandException.failed(
          "there is no "
              + readyFile
              + ": the worker is not attached to a coordinator, or drains; its log tells which");
    }
    return "the worker takes tasks";
  }

  private String coordinatorServes() throws InterruptedException {
    try (Connection connection = Connection.open(coordinator)) {
      ServingStatus status = check(connection);
      if (status != ServingStatus.SERVING) {
        throw CommandException.failed(
            "the coordinator at " + connection.address() + " says " + status);
      }
      return "the coordinator at " + connection.address() + " serves";
    }
  }

  private static ServingStatus check(Connection connection) {
    try {
      return HealthGrpc.newBlockingStub(connection.channel())
          .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
          .check(HealthCheckRequest.getDefaultInstance())
          .getStatus();
    } catch (StatusRuntimeException failure) {
      throw connection.failed(failure);
    }
  }
}
