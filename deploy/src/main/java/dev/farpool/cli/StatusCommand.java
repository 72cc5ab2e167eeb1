package dev.farpool.cli;

import dev.farpool.v1.ClusterServiceGrpc;
import dev.farpool.v1.GetStatusRequest;
import dev.farpool.v1.GetStatusResponse;
import io.grpc.StatusRuntimeException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what a cluster is doing. */
@Command(
    name = "status",
    header = "Shows what a cluster is doing.",
    description = "Workers, their slots, pools and what they wait for, at this moment.",
    footer = {
      "Examples:",
      "  farpool status",
      "  farpool status --coordinator db1:7400 --json | jq '.workers[].name'"
    })
final class StatusCommand implements Callable<Integer> {
  private static final long DEADLINE_SECONDS = 10;

  @Mixin private CoordinatorOption coordinator;

  @Option(names = "--json", fallbackValue = "true", description = "For programs: one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    try (Connection connection = Connection.open(coordinator)) {
      GetStatusResponse status = ask(connection);
      PrintWriter out = spec.commandLine().getOut();
      out.print(json ? StatusJson.of(status) + "\n" : StatusTable.of(connection.address(), status));
      out.flush();
      return 0;
    }
  }

  private static GetStatusResponse ask(Connection connection) {
    try {
      return ClusterServiceGrpc.newBlockingStub(connection.channel())
          .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
          .getStatus(GetStatusRequest.getDefaultInstance());
    } catch (StatusRuntimeException failure) {
      throw connection.failed(failure);
    }
  }
}
