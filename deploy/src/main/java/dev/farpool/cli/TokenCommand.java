package dev.farpool.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Keeps the file with the tokens that a coordinator knows. */
@Command(
    name = "token",
    header = "Makes, lists and revokes the tokens that a coordinator lets in.",
    description = {
      "Works on the file that the coordinator reads with --tokens, on the coordinator's host. The"
          + " coordinator reads it again within seconds. It holds no token, only what tells whether"
          + " one is right.",
      "",
      "Roles: a client makes pools and sees its own; a worker offers cores and nothing else; an"
          + " operator sees and may do everything but offer cores; a viewer sees everything."
    },
    subcommands = {
      TokenCreateCommand.class,
      TokenListCommand.class,
      TokenRevokeCommand.class,
    },
    footer = {
      "Examples:",
      "  farpool token create --tokens certs/tokens --role client --name alice --out alice.token",
      "  farpool token list --tokens certs/tokens",
      "  farpool token revoke --tokens certs/tokens alice"
    })
final class TokenCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "create, list or revoke is needed");
  }
}
