package dev.farpool.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes the certificates of a cluster. */
@Command(
    name = "certs",
    header = "Makes the certificates of a cluster: an authority and what it signs.",
    subcommands = {CertsInitCommand.class, CertsIssueCommand.class},
    footer = {
      "Examples:",
      "  farpool certs init certs --host db1.example.org --host 10.0.0.5",
      "  farpool certs issue certs --role worker --name w7"
    })
final class CertsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "init or issue is needed");
  }
}
