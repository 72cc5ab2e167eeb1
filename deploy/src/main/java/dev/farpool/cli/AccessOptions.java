package dev.farpool.cli;

import dev.farpool.coordinator.SecurityConfig;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a coordinator knows its callers, and proves itself to them. */
final class AccessOptions {
  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description =
          "Encrypt, with this certificate of the coordinator (PEM). All files of these options may"
              + " be replaced while it runs.")
  private Path certificate;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "The key of the certificate.")
  private Path key;

  @Option(
      names = "--tls-client-ca",
      paramLabel = "FILE",
      description =
          "Let in only clients and workers with a certificate that these authorities have signed"
              + " (PEM). A name farpool://ROLE/NAME in it stands for a token.")
  private Path clientAuthority;

  @Option(
      names = "--tokens",
      paramLabel = "FILE",
      description =
          "Let in only those with a token of this file, see farpool token; who has a certificate"
              + " with a role needs none.")
  private Path tokens;

  /**
   * What was given.
   *
   * @throws CommandException if a part is missing
   */
  SecurityConfig checked() {
    try {
      return new SecurityConfig(
          Optional.ofNullable(certificate),
          Optional.ofNullable(key),
          Optional.ofNullable(clientAuthority),
          Optional.ofNullable(tokens));
    } catch (IllegalArgumentException incomplete) {
      throw CommandException.wrong(incomplete.getMessage());
    }
  }
}
