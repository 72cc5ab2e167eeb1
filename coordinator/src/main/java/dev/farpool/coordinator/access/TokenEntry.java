package dev.farpool.coordinator.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What is kept of a token: everything but the token. It has 256 random bits, so that a plain hash
 * is enough.
 *
 * @param principal whose it is
 * @param sha256 of the token, in hexadecimal digits
 * @param expires when it ends; empty for never
 * @param revoked whether it was ended before
 */
public record TokenEntry(
    Principal principal, String sha256, Optional<Instant> expires, boolean revoked) {

  private static final int TOKEN_BYTES = 32;
  private static final int ID_DIGITS = 8;
  private static final String PREFIX = "farpool_";
  private static final String NEVER = "never";
  private static final String ACTIVE = "active";
  private static final String REVOKED = "revoked";

  /** A new token. It is told once, and cannot be had from its entry. */
  public static String draw(SecureRandom random) {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The entry of a token that is valid from now on. */
  public static TokenEntry of(String token, Principal principal, Optional<Instant> expires) {
    return new TokenEntry(principal, digest(token), expires, false);
  }

  /** Its SHA-256, in hexadecimal digits. */
  static String digest(String token) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  /** What names it to people: no secret, and too short to guess anything from. */
  public String id() {
    return sha256.substring(0, ID_DIGITS);
  }

  /** The same, ended. */
  public TokenEntry asRevoked() {
    return new TokenEntry(principal, sha256, expires, true);
  }

  /** Whether it opens anything at a time. */
  public boolean isValid(Instant now) {
    return !revoked && expires.map(now::isBefore).orElse(true);
  }

  /** The line of it: name, role, SHA-256, end, state. */
  public String line() {
    return String.join(
        " ",
        principal.name(),
        principal.role().text(),
        sha256,
        expires.map(Instant::toString).orElse(NEVER),
        revoked ? REVOKED : ACTIVE);
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException that says what is wrong with it
   */
  static TokenEntry parse(String line) {
    String[] words = line.strip().split("\\s+", -1);
    if (words.length != 5
        || !Principal.isName(words[0])
        || !words[2].matches("[0-9a-f]{64}")
        || !(words[4].equals(ACTIVE) || words[4].equals(REVOKED))) {
      throw new IllegalArgumentException(
          "must be NAME ROLE SHA256 EXPIRY STATE, as token create writes it");
    }
    Principal principal = new Principal(words[0], Role.of(words[1]));
    return new TokenEntry(principal, words[2], expiry(words[3]), words[4].equals(REVOKED));
  }

  private static Optional<Instant> expiry(String text) {
    try {
      return text.equals(NEVER) ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeParseException malformed) {
      throw new IllegalArgumentException(
          "must have \"never\" or a time such as 2030-01-31T00:00:00Z as its fourth word");
    }
  }
}
