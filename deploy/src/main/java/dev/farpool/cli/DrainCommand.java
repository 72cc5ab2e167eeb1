package dev.farpool.cli;

import com.google.gson.JsonObject;
import dev.farpool.v1.DrainWorkerRequest;
import dev.farpool.v1.GetStatusResponse;
import dev.farpool.v1.WorkerStatus;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a worker finish what it runs and leave. */
@Command(
    name = "drain",
    header = "Lets a worker finish what it runs and leave.",
    description =
        "It gets no more tasks, and its process ends when those it runs have. No task is lost.",
    footer = {"Example:", "  farpool drain w1 --reason 'new kernel'"})
final class DrainCommand extends ClusterCommand {
  @Parameters(paramLabel = "WORKER", description = "Its name, or as much of it as is unique.")
  private String worker;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "an operator asked for it",
      description = "For people: why (default: ${DEFAULT-VALUE}).")
  private String reason;

  @Override
  String ask(Connection connection, boolean json) {
    WorkerStatus found = find(status(connection));
    cluster(connection)
        .drainWorker(
            DrainWorkerRequest.newBuilder().setName(found.getName()).setReason(reason).build());
    if (json) {
      JsonObject answer = new JsonObject();
      answer.addProperty("name", found.getName());
      answer.addProperty("busy", found.getBusy());
      return StatusJson.text(answer);
    }
    return String.format(
        "worker %s drains; it leaves when what it runs has ended (%d busy)%n",
        found.getName(), found.getBusy());
  }

  private WorkerStatus find(GetStatusResponse status) {
    List<WorkerStatus> workers = status.getWorkersList();
    return Abbreviation.find(
        "worker", worker, workers, each -> Stream.of(each.getName()), WorkerStatus::getName);
  }
}
