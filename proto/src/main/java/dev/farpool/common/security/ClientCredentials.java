package dev.farpool.common.security;

import io.grpc.ChannelCredentials;
import io.grpc.CompositeChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a client or worker proves itself to a coordinator, and knows that one. All files may be
 * renewed while the process runs.
 *
 * @param authority the certificates that the coordinator's must be signed by; without it nothing is
 *     encrypted
 * @param certificate this process's own; needs a key and an authority
 * @param key that of the certificate
 * @param token the file with a bearer token
 */
public record ClientCredentials(
    Optional<Path> authority,
    Optional<Path> certificate,
    Optional<Path> key,
    Optional<Path> token) {

  /** No encryption and no proof, as for a coordinator on this host. */
  public static final ClientCredentials NONE =
      new ClientCredentials(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Checks that what belongs together is there. */
  public ClientCredentials {
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException(
          certificate.isPresent()
              ? "--tls-cert (FARPOOL_TLS_CERT) needs --tls-key (FARPOOL_TLS_KEY)"
              : "--tls-key (FARPOOL_TLS_KEY) needs --tls-cert (FARPOOL_TLS_CERT)");
    }
    if (certificate.isPresent() && authority.isEmpty()) {
      throw new IllegalArgumentException(
          "--tls-cert (FARPOOL_TLS_CERT) needs --tls-ca (FARPOOL_TLS_CA), the authority of the"
              + " coordinator's certificate");
    }
  }

  /**
   * Those of FARPOOL_TLS_CA, FARPOOL_TLS_CERT, FARPOOL_TLS_KEY and FARPOOL_TOKEN_FILE.
   *
   * @throws IllegalArgumentException if one of them needs another
   */
  public static ClientCredentials of(Map<String, String> environment) {
    return new ClientCredentials(
        path(environment, "FARPOOL_TLS_CA"),
        path(environment, "FARPOOL_TLS_CERT"),
        path(environment, "FARPOOL_TLS_KEY"),
        path(environment, "FARPOOL_TOKEN_FILE"));
  }

  private static Optional<Path> path(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .filter(value -> !value.isBlank())
        .map(Path::of);
  }

  /**
   * Reads the files.
   *
   * @param complaints is told why a later change could not be read
   * @return what to build channels with
   * @throws IOException if a file cannot be used; the message names it
   */
  public ChannelCredentials open(Consumer<String> complaints) throws IOException {
    ChannelCredentials channel = transport(complaints);
    return token.isPresent()
        ? CompositeChannelCredentials.create(channel, new BearerToken(token.get(), complaints))
        : channel;
  }

  private ChannelCredentials transport(Consumer<String> complaints) throws IOException {
    if (authority.isEmpty()) {
      return InsecureChannelCredentials.create();
    }
    TlsChannelCredentials.Builder tls =
        TlsChannelCredentials.newBuilder()
            .trustManager(new FileTrustManager(authority.get(), complaints));
    if (certificate.isPresent()) {
      tls.keyManager(new FileKeyManager(certificate.get(), key.get(), complaints));
    }
    return tls.build();
  }
}
