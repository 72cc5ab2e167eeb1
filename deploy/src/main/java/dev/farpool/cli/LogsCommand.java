package dev.farpool.cli;

import dev.farpool.v1.ClusterServiceGrpc;
import dev.farpool.v1.ReadTaskOutputRequest;
import dev.farpool.v1.ReadTaskOutputResponse;
import io.grpc.StatusRuntimeException;
import java.util.Iterator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a task printed. */
@Command(
    name = "logs",
    header = "Shows what a task printed, and prints.",
    description = {
      "What it wrote to standard output comes on standard output, what it wrote to standard error on"
          + " standard error. The coordinator keeps about the last 16 KiB of each task, and 16 MiB"
          + " in all; of tasks that printed nothing for the longest time it keeps nothing more."
    },
    footer = {"Examples:", "  farpool logs map/17", "  farpool logs -f 3f2a/0"})
final class LogsCommand implements Callable<Integer> {
  @Mixin private CoordinatorOption coordinator;

  @Parameters(
      paramLabel = "POOL/INDEX",
      description = "The task: its pool and its number there, from 0.")
  private String task;

  @Option(
      names = {"-f", "--follow"},
      fallbackValue = "true",
      description = "Go on until the task has ended.")
  private boolean follow;

  @Override
  public Integer call() throws InterruptedException {
    TaskReference reference = TaskReference.parseOne(task);
    try (Connection connection = Connection.open(coordinator)) {
      return show(connection, reference);
    }
  }

  private int show(Connection connection, TaskReference reference) {
    try {
      PoolName pool = PoolName.find(connection, reference.pool());
      TaskLog log = new TaskLog(System.out, System.err);
      Iterator<ReadTaskOutputResponse> messages =
          ClusterServiceGrpc.newBlockingStub(connection.channel())
              .readTaskOutput(
                  ReadTaskOutputRequest.newBuilder()
                      .setPoolId(pool.id())
                      .setIndex(reference.first())
                      .setFollow(follow)
                      .build());
      while (messages.hasNext()) {
        ReadTaskOutputResponse message = messages.next();
        log.print(message);
        if (!message.getNothing().isEmpty()) {
          throw CommandException.failed(
              "nothing of task "
                  + reference.first()
                  + " of pool "
                  + pool.idAndName()
                  + ": "
                  + message.getNothing());
        }
      }
      return 0;
    } catch (StatusRuntimeException failure) {
      throw connection.failed(failure);
    }
  }
}
