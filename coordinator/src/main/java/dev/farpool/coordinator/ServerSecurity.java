package dev.farpool.coordinator;

import dev.farpool.common.HostPort;
import dev.farpool.common.security.FileKeyManager;
import dev.farpool.common.security.FileTrustManager;
import dev.farpool.coordinator.access.Authenticator;
import dev.farpool.coordinator.access.Gate;
import dev.farpool.coordinator.access.TokenFile;
import dev.farpool.coordinator.console.ConsoleConfig;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server needs for its security, with the files read.
 *
 * @param transport how it proves itself and what it asks of its peers
 * @param gate what every call has to pass
 * @param web the same for the console; empty where nothing is encrypted
 * @param authenticator tells whose a token is; empty where nobody has to prove anything
 */
record ServerSecurity(
    ServerCredentials transport,
    Gate gate,
    Optional<SSLContext> web,
    Optional<Authenticator> authenticator) {
  private static final Logger LOG = LoggerFactory.getLogger(ServerSecurity.class);

  /** Where certificates tell who calls, no token does. */
  private static final Authenticator NOBODY = token -> Optional.empty();

  /**
   * Reads the files.
   *
   * @throws IOException if one of them cannot be used; the message names it
   */
  static ServerSecurity of(SecurityConfig config, InstantSource wallClock) throws IOException {
    LongSupplier nanoTime = System::nanoTime;
    Optional<Authenticator> tokens = Optional.empty();
    if (config.tokens().isPresent()) {
      tokens =
          Optional.of(
              new TokenFile(config.tokens().get(), wallClock, nanoTime, ServerSecurity::complain));
    }
    Gate gate = config.asksWhoCalls() ? Gate.closed(tokens, wallClock) : Gate.open(wallClock);
    Optional<FileKeyManager> own = keyManager(config);
    Optional<Authenticator> known =
        config.asksWhoCalls() && tokens.isEmpty() ? Optional.of(NOBODY) : tokens;
    return new ServerSecurity(transport(config, own), gate, own.map(ServerSecurity::web), known);
  }

  /** How a console there is served: browsers show no certificate, so they need a token. */
  ConsoleConfig console(HostPort listen) {
    return new ConsoleConfig(listen, web, authenticator);
  }

  private static Optional<FileKeyManager> keyManager(SecurityConfig config) throws IOException {
    return config.certificate().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new FileKeyManager(
                config.certificate().get(), config.key().get(), ServerSecurity::complain));
  }

  private static SSLContext web(FileKeyManager own) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {own}, null, null);
      return context;
    } catch (GeneralSecurityException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  private static ServerCredentials transport(SecurityConfig config, Optional<FileKeyManager> own)
      throws IOException {
    if (own.isEmpty()) {
      return InsecureServerCredentials.create();
    }
    TlsServerCredentials.Builder tls = TlsServerCredentials.newBuilder().keyManager(own.get());
    if (config.clientAuthority().isPresent()) {
      tls.trustManager(
              new FileTrustManager(config.clientAuthority().get(), ServerSecurity::complain))
          .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE);
    }
    return tls.build();
  }

  private static void complain(String text) {
    LOG.error("event=security_file_not_read reason=\"{}\"", text);
  }
}
