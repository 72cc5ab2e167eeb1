package dev.farpool.coordinator;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How callers of a coordinator prove who they are, and how it proves itself. All files may be
 * renewed while it runs.
 *
 * @param certificate the coordinator's; without it nothing is encrypted
 * @param key that of the certificate
 * @param clientAuthority who signs the certificates of clients and workers; where it is given, each
 *     needs one
 * @param tokens the file of the tokens that are known
 */
public record SecurityConfig(
    Optional<Path> certificate,
    Optional<Path> key,
    Optional<Path> clientAuthority,
    Optional<Path> tokens) {

  /** Everybody who reaches the coordinator may do everything, and nothing is encrypted. */
  public static final SecurityConfig NONE =
      new SecurityConfig(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Checks that what belongs together is there; the texts name the options. */
  public SecurityConfig {
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException("--tls-cert and --tls-key need each other; give both");
    }
    if (clientAuthority.isPresent() && certificate.isEmpty()) {
      throw new IllegalArgumentException(
          "--tls-client-ca needs a certificate of the coordinator; add --tls-cert and --tls-key");
    }
  }

  /** Whether it may be reached by strangers: everything is encrypted, and everybody is known. */
  public boolean isSafe() {
    return certificate.isPresent() && asksWhoCalls();
  }

  /** Whether callers have to prove who they are. */
  boolean asksWhoCalls() {
    return tokens.isPresent() || clientAuthority.isPresent();
  }
}
