package dev.farpool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script in a real bash, asked as it asks when somebody presses the tab key. */
@Timeout(30)
class CompletionCommandTest {
  @TempDir Path directory;

  @Test
  void bashCompletesASubcommand() throws Exception {
    assertEquals(List.of("drain"), completions("farpool", "drai"));
  }

  @Test
  void bashCompletesAnOption() throws Exception {
    assertEquals(List.of("--drain-timeout"), completions("farpool", "worker", "--drain"));
  }

  @Test
  void bashCompletesTheSubcommandOfASubcommand() throws Exception {
    assertEquals(List.of("compare"), completions("farpool", "bench", "comp"));
  }

  @Test
  void anotherShellIsRefused() {
    CommandRunner run = CommandRunner.run("completion", "fish");

    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("[BASH, ZSH]"), run.err());
  }

  private List<String> completions(String... words) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash here");
    Path script = Files.writeString(directory.resolve("complete"), question(words));
    Process bash = new ProcessBuilder("/bin/bash", script.toString()).start();
    bash.getOutputStream().close();
    String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String errors = new String(bash.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(bash.waitFor(10, TimeUnit.SECONDS), "bash does not end");
    assertEquals("", errors);
    return output.lines().toList();
  }

  private String question(String... words) throws IOException {
    Path script = directory.resolve("farpool.bash");
    Files.writeString(script, CommandRunner.run("completion", "bash").out());
    return String.join(
        "\n",
        "source " + script,
        "compopt() { :; }", // Only works while a key is pressed.
        "COMP_WORDS=(" + String.join(" ", words) + ")",
        "COMP_CWORD=" + (words.length - 1),
        "_complete_farpool",
        "printf '%s\\n' \"${COMPREPLY[@]}\"",
        "");
  }
}
