package dev.farpool.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.farpool.coordinator.access.TokenEntry;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the tokens. */
@Command(
    name = "list",
    header = "Shows which tokens there are, but not the tokens.",
    footer = {
      "Examples:",
      "  farpool token list --tokens certs/tokens",
      "  farpool token list --tokens certs/tokens --json"
    })
final class TokenListCommand implements Callable<Integer> {
  @Mixin private TokensOption tokens;

  @Option(names = "--json", fallbackValue = "true", description = "For programs: one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<TokenEntry> entries = tokens.entries();
    Instant now = Instant.now();
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? json(entries, now) + "\n" : table(entries, now));
    out.flush();
    return 0;
  }

  private static String table(List<TokenEntry> entries, Instant now) {
    StringBuilder table =
        new StringBuilder(
            String.format("%-8s  %-8s  %-20s  %-7s  NAME%n", "ID", "ROLE", "UNTIL", "STATE"));
    for (TokenEntry entry : entries) {
      table.append(
          String.format(
              "%-8s  %-8s  %-20s  %-7s  %s%n",
              entry.id(),
              entry.principal().role().text(),
              until(entry),
              state(entry, now),
              entry.principal().name()));
    }
    return table.toString();
  }

  private static String json(List<TokenEntry> entries, Instant now) {
    JsonArray array = new JsonArray();
    for (TokenEntry entry : entries) {
      JsonObject each = new JsonObject();
      each.addProperty("id", entry.id());
      each.addProperty("name", entry.principal().name());
      each.addProperty("role", entry.principal().role().text());
      each.addProperty("until", until(entry));
      each.addProperty("state", state(entry, now));
      array.add(each);
    }
    JsonObject answer = new JsonObject();
    answer.add("tokens", array);
    return StatusJson.text(answer);
  }

  private static String until(TokenEntry entry) {
    return entry
        .expires()
        .map(time -> Instant.ofEpochSecond(time.getEpochSecond()).toString())
        .orElse("never");
  }

  private static String state(TokenEntry entry, Instant now) {
    if (entry.revoked()) {
      return "revoked";
    }
    return entry.isValid(now) ? "active" : "expired";
  }
}
