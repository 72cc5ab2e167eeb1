package dev.farpool.cli;

import dev.farpool.common.security.ClientCredentials;
import io.grpc.ChannelCredentials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** How a command proves itself to a coordinator. */
final class CredentialOptions {
  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description =
          "Encrypt, and trust coordinators whose certificate these authorities have signed (PEM).")
  private Path authority;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "The certificate to show to the coordinator (PEM); needs --tls-key.")
  private Path certificate;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "The key of the certificate.")
  private Path key;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file that holds the token to show to the coordinator.")
  private Path token;

  /**
   * Reads the files.
   *
   * @throws CommandException if one of them cannot be used
   */
  ChannelCredentials open() {
    try {
      return new ClientCredentials(
              Optional.ofNullable(authority),
              Optional.ofNullable(certificate),
              Optional.ofNullable(key),
              Optional.ofNullable(token))
          .open(CredentialOptions::complain);
    } catch (IOException | IllegalArgumentException unusable) {
      throw CommandException.wrong(unusable.getMessage());
    }
  }

  /** The logger is made late, for the log takes its level from the options. */
  private static void complain(String text) {
    LoggerFactory.getLogger(CredentialOptions.class)
        .error("event=security_file_not_read reason=\"{}\"", text);
  }
}
