package dev.farpool.cli;

import dev.farpool.cli.certs.Authority;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the commands that issue certificates have in common. */
final class CertificateOptions {
  private static final int MOST_DAYS = 3_650;

  @Parameters(paramLabel = "DIR", description = "The directory of the cluster's authority.")
  private Path directory;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      split = ",",
      description =
          "A name or address under which the coordinator is reached; may be given again. localhost"
              + " is always among them.")
  private List<String> hosts = new ArrayList<>();

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "365",
      description = "How long the certificates are valid (default: ${DEFAULT-VALUE}).")
  private int days;

  Path directory() {
    return directory;
  }

  /** The hosts; throws a {@link CommandException} if one cannot be. */
  List<String> hosts() {
    for (String host : hosts) {
      if (!Authority.isHost(host)) {
        throw CommandException.wrong(
            "--host must be a name or an address without a port, not \"" + host + "\"");
      }
    }
    return hosts;
  }

  /** The days; throws a {@link CommandException} if they cannot be. */
  int days() {
    if (days < 1 || days > MOST_DAYS) {
      throw CommandException.wrong("--days must be 1 to " + MOST_DAYS + ", not " + days);
    }
    return days;
  }
}
