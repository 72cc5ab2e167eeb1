package dev.farpool.cli.hosts;

import dev.farpool.cli.map.ShellWords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How to run a script on another host: with the system's ssh, its user's configuration and keys,
 * and never a question to anybody.
 */
public final class Ssh {
  /** What ssh exits with when it could not reach the host or log in. */
  static final int FAILED = 255;

  /** Ctrl-C goes to all programs of a terminal; ssh would end by it before the workers have. */
  private static final List<String> WITHOUT_INTERRUPT =
      List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh");

  private static final List<String> OPTIONS =
      List.of(
          "-T",
          "-o",
          "BatchMode=yes",
          "-o",
          "ConnectTimeout=10",
          "-o",
          "ServerAliveInterval=15",
          "-o",
          "ServerAliveCountMax=4");

  private final List<String> start = new ArrayList<>(WITHOUT_INTERRUPT);

  /**
   * @param configuration a file to use instead of the user's; null for the user's
   */
  public Ssh(Path configuration) {
    start.add("ssh");
    start.addAll(OPTIONS);
    if (configuration != null) {
      start.addAll(List.of("-F", configuration.toString()));
    }
  }

  /**
   * The command that runs a script there.
   *
   * @param script for {@code sh}, on one line: the user's own shell, whatever it is, has to pass it
   *     on
   * @param arguments what the script finds as {@code $1}, {@code $2}, …
   */
  List<String> command(String host, String script, List<String> arguments) {
    List<String> remote = new ArrayList<>(List.of("exec", "sh", "-c", script, "farpool"));
    remote.addAll(arguments);
    List<String> command = new ArrayList<>(start);
    command.addAll(List.of("--", host, ShellWords.join(remote)));
    return command;
  }
}
