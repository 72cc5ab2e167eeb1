package dev.farpool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class TokenCommandTest {
  @TempDir Path directory;

  private CommandRunner token(String line) {
    return CommandRunner.run(
        Map.of("FARPOOL_TOKENS", directory.resolve("tokens").toString()),
        ("token " + line).split(" "));
  }

  private JsonArray list() {
    return JsonParser.parseString(token("list --json").out())
        .getAsJsonObject()
        .getAsJsonArray("tokens");
  }

  @Test
  void aTokenIsShownOnceAndListedWithoutIt() {
    CommandRunner created = token("create --role client --name alice --expires 24h");
    assertEquals(0, created.exitCode(), created.err());
    assertTrue(created.out().matches("farpool_[A-Za-z0-9_-]{43}\n"), created.out());

    String table = token("list").out();
    assertTrue(
        table.matches("(?s)ID .*NAME\n[0-9a-f]{8}  client    \\S{20}  active   alice\n"), table);
  }

  @Test
  void aTokenGoesToAFileThatOnlyItsOwnerCanRead() throws IOException {
    Path out = directory.resolve("w1.token");

    CommandRunner created = token("create --role worker --name w1 --out " + out);

    assertTrue(created.out().endsWith(": the token of w1 is in " + out + "\n"), created.out());
    assertTrue(Files.readString(out).startsWith("farpool_"));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(out)));
  }

  @Test
  void aTokenIsRevokedByItsIdAndAllOfANameByTheName() {
    token("create --role client --name alice");
    token("create --role client --name alice");
    token("create --role viewer --name eve");
    String first = list().get(0).getAsJsonObject().get("id").getAsString();

    assertEquals(0, token("revoke " + first).exitCode());
    assertEquals("revoked active active", states());
    assertEquals(1, token("revoke alice").out().lines().count());
    assertEquals("revoked revoked active", states());
    CommandRunner again = token("revoke alice");
    assertEquals(1, again.exitCode());
    assertTrue(again.err().contains("there is no token of the name or id alice"), again.err());
  }

  private String states() {
    StringBuilder states = new StringBuilder();
    list()
        .forEach(
            each -> states.append(each.getAsJsonObject().get("state").getAsString()).append(' '));
    return states.toString().strip();
  }
}
