package dev.farpool.cli;

import dev.farpool.v1.GetStatusResponse;
import picocli.CommandLine.Command;

/** Shows the pools of a cluster. */
@Command(
    name = "pools",
    header = "Shows the pools of a cluster.",
    description = {
      "How many of their tasks wait, run and have ended, and what the oldest waiting one waits for."
          + " Commands that take a pool take its id, its name, or as much of either as is unique."
    },
    footer = {
      "Examples:",
      "  farpool pools",
      "  farpool pools --json | jq '.pools[] | select(.waiting > 0) | .waitingFor'"
    })
final class PoolsCommand extends ClusterCommand {
  @Override
  String ask(Connection connection, boolean json) {
    GetStatusResponse status = status(connection);
    return json ? StatusJson.ofPools(status) : StatusTable.pools(status, PoolNames::idAndName);
  }
}
