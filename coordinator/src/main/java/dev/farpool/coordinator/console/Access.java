package dev.farpool.coordinator.console;

import dev.farpool.common.security.BearerToken;
import dev.farpool.coordinator.access.Authenticator;
import dev.farpool.coordinator.access.Principal;
import dev.farpool.coordinator.access.Role;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who may do what here. A token comes in a header that only our own page sets, never in a cookie.
 */
final class Access {
  /** What somebody has to be to look. */
  static final Set<Role> READING = EnumSet.of(Role.VIEWER, Role.OPERATOR);

  /** What somebody has to be to change something. */
  static final Set<Role> CHANGING = EnumSet.of(Role.OPERATOR);

  private final Optional<Authenticator> authenticator;

  Access(Optional<Authenticator> authenticator) {
    this.authenticator = authenticator;
  }

  /**
   * Who asks.
   *
   * @param authorization the value of the header; null if there is none
   * @param needed one of these roles
   * @throws HttpRefusal if that is nobody, or nobody who may
   */
  Principal check(String authorization, Set<Role> needed) {
    if (authenticator.isEmpty()) {
      return Principal.LOCAL;
    }
    String token = token(authorization);
    if (token.isEmpty()) {
      throw new HttpRefusal(
          HttpRefusal.UNAUTHORIZED,
          "a token is needed: send it as \"Authorization: Bearer TOKEN\", or log in on the page");
    }
    Principal caller =
        authenticator
            .get()
            .ofToken(token)
            .orElseThrow(
                () ->
                    new HttpRefusal(
                        HttpRefusal.UNAUTHORIZED, "the token is not known, or no longer valid"));
    if (!needed.contains(caller.role())) {
      throw new HttpRefusal(
          HttpRefusal.FORBIDDEN,
          caller.name()
              + " is a "
              + caller.role().text()
              + "; this needs the token of "
              + (needed.contains(Role.VIEWER) ? "a viewer or an operator" : "an operator"));
    }
    return caller;
  }

  /** The token of a header; empty if it has none. */
  static String token(String authorization) {
    return Optional.ofNullable(authorization)
        .flatMap(BearerToken::in)
        .map(String::strip)
        .orElse("");
  }
}
