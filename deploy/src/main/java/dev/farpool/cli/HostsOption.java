package dev.farpool.cli;

import dev.farpool.cli.hosts.HostLine;
import dev.farpool.cli.hosts.HostsFile;
import dev.farpool.cli.hosts.Ssh;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Which hosts, and how to get there. */
final class HostsOption {
  @Option(
      names = "--hosts",
      required = true,
      paramLabel = "FILE",
      description =
          "The hosts, one a line: host [cores] [label=value ...]; a # begins a comment. A host is"
              + " what ssh takes: a name, an address, an alias, with or without user@.")
  private Path file;

  @Option(
      names = "--remote-directory",
      paramLabel = "DIR",
      defaultValue = ".cache/farpool",
      description =
          "Where hosts keep the distribution, relative to the user's home there"
              + " (default: ${DEFAULT-VALUE}).")
  private String directory;

  @Option(
      names = "--ssh-config",
      paramLabel = "FILE",
      description = "A configuration file for ssh (default: the user's own).")
  private Path sshConfig;

  /**
   * The hosts of the file.
   *
   * @throws CommandException if it cannot be read or a line is wrong
   */
  List<HostLine> hosts() {
    try {
      return HostsFile.read(file);
    } catch (IOException unreadable) {
      throw CommandException.wrong("there is no file " + file + " to read (" + unreadable + ")");
    } catch (IllegalArgumentException wrong) {
      throw CommandException.wrong(file + ": " + wrong.getMessage());
    }
  }

  String directory() {
    return directory;
  }

  Ssh ssh() {
    return new Ssh(sshConfig);
  }
}
