package dev.farpool.cli;

import dev.farpool.v1.GetStatusResponse;
import picocli.CommandLine.Command;

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
final class StatusCommand extends ClusterCommand {
  @Override
  String ask(Connection connection, boolean json) {
    GetStatusResponse status = status(connection);
    return json ? StatusJson.of(status) : StatusTable.of(connection.address(), status);
  }
}
