package dev.farpool.cli;

import dev.farpool.coordinator.access.TokenEntry;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends tokens. */
@Command(
    name = "revoke",
    header = "Ends tokens before their time.",
    description =
        "The coordinator refuses them within seconds, and ends the streams that were opened with"
            + " them.",
    footer = {
      "Examples:",
      "  farpool token revoke --tokens certs/tokens alice",
      "  farpool token revoke --tokens certs/tokens 3f2a9c01"
    })
final class TokenRevokeCommand implements Callable<Integer> {
  @Mixin private TokensOption tokens;

  @Parameters(
      paramLabel = "NAME|ID",
      description = "All tokens of a name, or the one that token list shows with this id.")
  private String which;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<TokenEntry> meant =
        tokens.entries().stream()
            .filter(entry -> !entry.revoked())
            .filter(entry -> entry.id().equals(which) || entry.principal().name().equals(which))
            .toList();
    if (meant.isEmpty()) {
      throw CommandException.failed(
          "there is no token of the name or id " + which + " to revoke; see farpool token list");
    }
    PrintWriter out = spec.commandLine().getOut();
    for (TokenEntry entry : meant) {
      tokens.add(entry.asRevoked());
      out.println(entry.id() + ": the token of " + entry.principal().name() + " is revoked");
    }
    out.flush();
    return 0;
  }
}
