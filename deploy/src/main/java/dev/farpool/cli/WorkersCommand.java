package dev.farpool.cli;

import dev.farpool.v1.GetStatusResponse;
import picocli.CommandLine.Command;

/** Shows the workers of a cluster. */
@Command(
    name = "workers",
    header = "Shows the workers of a cluster.",
    description = "Where they run, how many of their slots are taken, and how they are.",
    footer = {
      "Examples:",
      "  farpool workers",
      "  farpool workers --json | jq '[.workers[].cores] | add'"
    })
final class WorkersCommand extends ClusterCommand {
  @Override
  String ask(Connection connection, boolean json) {
    GetStatusResponse status = status(connection);
    return json ? StatusJson.ofWorkers(status) : StatusTable.workers(status);
  }
}
