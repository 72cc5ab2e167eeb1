package dev.farpool.cli;

import dev.farpool.v1.ClusterServiceGrpc;
import dev.farpool.v1.ClusterServiceGrpc.ClusterServiceBlockingStub;
import dev.farpool.v1.GetStatusRequest;
import dev.farpool.v1.GetStatusResponse;
import dev.farpool.v1.PoolServiceGrpc;
import dev.farpool.v1.PoolServiceGrpc.PoolServiceBlockingStub;
import io.grpc.StatusRuntimeException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command of an operator: asks a coordinator something and shows the answer. */
abstract class ClusterCommand implements Callable<Integer> {
  private static final long DEADLINE_SECONDS = 30;

  @Mixin private CoordinatorOption coordinator;

  @Option(names = "--json", fallbackValue = "true", description = "For programs: one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public final Integer call() throws InterruptedException {
    check(spec.commandLine());
    try (Connection connection = Connection.open(coordinator)) {
      String text = answer(connection, json);
      PrintWriter out = spec.commandLine().getOut();
      out.print(json ? text + "\n" : text);
      out.flush();
      return 0;
    }
  }

  private String answer(Connection connection, boolean json) {
    try {
      return ask(connection, json);
    } catch (StatusRuntimeException failure) {
      throw connection.failed(failure);
    }
  }

  /**
   * Looks at the options before anything is asked.
   *
   * @throws ParameterException if one is wrong
   */
  void check(CommandLine commandLine) {}

  /**
   * What to show.
   *
   * @throws StatusRuntimeException if the coordinator refuses or is lost
   * @throws CommandException if it cannot be done as asked
   */
  abstract String ask(Connection connection, boolean json);

  static GetStatusResponse status(Connection connection) {
    return cluster(connection).getStatus(GetStatusRequest.getDefaultInstance());
  }

  static ClusterServiceBlockingStub cluster(Connection connection) {
    return ClusterServiceGrpc.newBlockingStub(connection.channel())
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  static PoolServiceBlockingStub pools(Connection connection) {
    return PoolServiceGrpc.newBlockingStub(connection.channel())
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }
}
