package dev.farpool.coordinator;

import dev.farpool.common.security.ClientCredentials;
import dev.farpool.common.security.SecretFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Certificates and keys that are worth nothing, from this module's resources, as files that only
 * their owner can read.
 */
final class TestCertificates {
  private final Path directory;

  TestCertificates(Path directory) {
    this.directory = directory;
  }

  /** A file with one of them. */
  Path file(String name) {
    Path file = directory.resolve(name);
    copy(name, file);
    return file;
  }

  /** Puts the content of one in the place of a file. */
  void copy(String name, Path file) {
    try (InputStream in = TestCertificates.class.getResourceAsStream("/tls/" + name)) {
      SecretFiles.replace(file, new String(in.readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Trusts the authority, and shows nothing. */
  ClientCredentials trusting(String authority) {
    return new ClientCredentials(
        Optional.of(file(authority)), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Trusts the usual authority, and shows a certificate. */
  ClientCredentials showing(String name) {
    return new ClientCredentials(
        Optional.of(file("ca.pem")),
        Optional.of(file(name + ".pem")),
        Optional.of(file(name + "-key.pem")),
        Optional.empty());
  }

  /** What a server shows. */
  SecurityConfig serving(Optional<Path> clientAuthority, Optional<Path> tokens) {
    return new SecurityConfig(
        Optional.of(file("server.pem")),
        Optional.of(file("server-key.pem")),
        clientAuthority,
        tokens);
  }
}
