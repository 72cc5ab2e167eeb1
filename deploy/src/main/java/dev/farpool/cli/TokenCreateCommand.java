package dev.farpool.cli;

import dev.farpool.common.security.SecretFiles;
import dev.farpool.coordinator.access.Principal;
import dev.farpool.coordinator.access.Role;
import dev.farpool.coordinator.access.TokenEntry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a token. */
@Command(
    name = "create",
    header = "Makes a token and shows it once.",
    description =
        "A second token of a name is the same identity: make it, hand it out, and revoke the first"
            + " one, so that nobody has to stop.",
    footer = {
      "Examples:",
      "  farpool token create --tokens certs/tokens --role client --name alice --out alice.token",
      "  farpool token create --tokens certs/tokens --role worker --name workers --expires 2160h"
    })
final class TokenCreateCommand implements Callable<Integer> {
  @Mixin private TokensOption tokens;

  @Option(
      names = "--role",
      required = true,
      paramLabel = "ROLE",
      description = "client, worker, operator or viewer.")
  private String role;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "Whose it is; what it makes belongs to this name.")
  private String name;

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      description = "How long it is valid, for example 2160h (default: until it is revoked).")
  private Duration validity;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Write the token to this file, which only its owner can read, instead of standard output.")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    String token = TokenEntry.draw(new SecureRandom());
    TokenEntry entry = TokenEntry.of(token, principal(), expiry());
    tokens.add(entry);
    PrintWriter print = spec.commandLine().getOut();
    if (out == null) {
      print.println(token);
    } else {
      write(token);
      print.println(entry.id() + ": the token of " + name + " is in " + out);
    }
    print.flush();
    return 0;
  }

  private Principal principal() {
    if (!Principal.isName(name)) {
      throw CommandException.wrong(
          "--name must be 1 to 100 characters of [A-Za-z0-9._@-], beginning with a letter or digit,"
              + " not \""
              + name
              + "\"");
    }
    try {
      return new Principal(name, Role.of(role));
    } catch (IllegalArgumentException noSuchRole) {
      throw CommandException.wrong("--" + noSuchRole.getMessage());
    }
  }

  private Optional<Instant> expiry() {
    return Optional.ofNullable(validity).map(time -> Instant.now().plus(time));
  }

  private void write(String token) {
    try {
      SecretFiles.replace(out, token + "\n");
    } catch (IOException unusable) {
      throw CommandException.failed("cannot write the token to " + out + ": " + unusable);
    }
  }
}
