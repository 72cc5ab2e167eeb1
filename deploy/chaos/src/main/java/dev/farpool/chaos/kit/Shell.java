package dev.farpool.chaos.kit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs short commands of the system. */
final class Shell {
  private Shell() {}

  /**
   * Runs a command to its end and gives what it printed.
   *
   * @throws IOException if it cannot be started or ends with another code than 0; the message has
   *     the command and its words
   */
  static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    if (code != 0) {
      throw new IOException(String.join(" ", List.of(command)) + ": " + code + ": " + text.strip());
    }
    return text;
  }
}
