package dev.farpool.cli.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is sent by ssh, run here by the shell that ssh would have run there. */
@Timeout(30)
class SshTest {
  @TempDir Path temp;

  @Test
  void argumentsArriveAsTheyAre() throws Exception {
    List<String> arguments = List.of("it's", "$HOME `id`", "a  b", "", "é\\n\"");

    assertEquals(
        String.join("|", arguments) + "|", there("printf '%s|' \"$@\"", arguments).strip());
  }

  @Test
  void nothingOfALineIsTakenForAnOptionOfSsh() {
    List<String> command = new Ssh(null).command("node", "true", List.of());

    assertEquals(List.of("--", "node"), command.subList(command.size() - 3, command.size() - 1));
    assertTrue(command.contains("BatchMode=yes"), command::toString);
  }

  @Test
  void distributionArrivesWholeAndIsNamedByWhatItHolds() throws Exception {
    Path home = temp.resolve("here");
    Files.createDirectories(home.resolve("lib"));
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("lib/a.jar"), "one");
    Files.writeString(home.resolve("bin/farpool"), "#!/bin/sh\n");
    Distribution first = Distribution.at(home, "1");
    Path there = temp.resolve("there it's").resolve(first.name());

    Process pack = new ProcessBuilder(first.pack()).start();
    there(Scripts.RECEIVE, List.of(there.toString()), pack.getInputStream().readAllBytes());

    assertEquals("one", Files.readString(there.resolve("lib/a.jar")));
    try (var files = Files.list(there.getParent())) {
      assertEquals(List.of(there), files.toList());
    }
    Files.writeString(home.resolve("lib/a.jar"), "two");
    assertFalse(Distribution.at(home, "1").name().equals(first.name()));
  }

  private static String there(String script, List<String> arguments, byte... input)
      throws Exception {
    List<String> command = new Ssh(null).command("node", script, arguments);
    List<String> shell = new ArrayList<>(List.of("sh", "-c", command.get(command.size() - 1)));
    Process process = new ProcessBuilder(shell).redirectErrorStream(true).start();
    process.getOutputStream().write(input);
    process.getOutputStream().close();
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), words);
    return words;
  }
}
