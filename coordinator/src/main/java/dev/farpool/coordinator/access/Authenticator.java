package dev.farpool.coordinator.access;

import java.util.Optional;

/** Tells whose a bearer token is. Thread-safe. */
public interface Authenticator {
  /**
   * Whose this token is; empty if it is nobody's, has expired, or was revoked.
   *
   * @param token as it was shown when it was made
   */
  Optional<Principal> ofToken(String token);
}
