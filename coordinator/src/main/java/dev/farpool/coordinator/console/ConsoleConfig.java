package dev.farpool.coordinator.console;

import dev.farpool.common.HostPort;
import dev.farpool.coordinator.access.Authenticator;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How the console is served.
 *
 * @param listen where; port 0 for any free one
 * @param tls with which certificate; empty for plain HTTP
 * @param authenticator whose a token is; empty where everyone who reaches the address may do all
 */
public record ConsoleConfig(
    HostPort listen, Optional<SSLContext> tls, Optional<Authenticator> authenticator) {
  /** Plain HTTP without tokens: for an address that only its own machine reaches. */
  public static ConsoleConfig open(HostPort listen) {
    return new ConsoleConfig(listen, Optional.empty(), Optional.empty());
  }
}
