package dev.farpool.common.security;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Says in words for people, and with what to do, why an encrypted connection did not come about.
 */
public final class TlsTrouble {
  private static final int MOST_CAUSES = 10;
  private static final String HUNG_UP =
      "it hung up at once; if it encrypts, give its authority with --tls-ca or FARPOOL_TLS_CA";

  /** What the layers below say, and what it means; the first one that is found. */
  private static final List<Map.Entry<String, String>> MEANINGS =
      List.of(
          Map.entry(
              "not an SSL/TLS record",
              "it does not encrypt, but --tls-ca or FARPOOL_TLS_CA asks for that"),
          Map.entry(
              "First received frame was not SETTINGS",
              "it seems to encrypt: give its authority with --tls-ca or FARPOOL_TLS_CA"),
          Map.entry(
              "No subject alternative",
              "its certificate is for other addresses: use one of those, or issue one for this"
                  + " address"),
          Map.entry(
              "No name matching",
              "its certificate is for other addresses: use one of those, or issue one for this"
                  + " address"),
          Map.entry("NotAfter", "its certificate has expired: issue another one"),
          Map.entry(
              "unable to find valid certification path",
              "its certificate is signed by none of the authorities in the file of --tls-ca"),
          Map.entry(
              "Path does not chain with any of the trust anchors",
              "its certificate is signed by none of the authorities in the file of --tls-ca"),
          Map.entry(
              "CERTIFICATE_REQUIRED",
              "it wants a certificate of its callers: give one with --tls-cert and --tls-key"),
          Map.entry(
              "UNKNOWN_CA",
              "it does not accept this certificate: use one that its --tls-client-ca has signed"),
          Map.entry(
              "CERTIFICATE_UNKNOWN",
              "it does not accept this certificate: use one that its --tls-client-ca has signed"),
          Map.entry(
              "BAD_CERTIFICATE",
              "it does not accept this certificate: use one that its --tls-client-ca has signed"),
          Map.entry("CERTIFICATE_EXPIRED", "this certificate has expired: issue another one"),
          Map.entry("Network closed for unknown reason", HUNG_UP),
          Map.entry("Connection closing while performing protocol negotiation", HUNG_UP),
          // What it said last is lost if bytes of ours were still unread when it hung up.
          Map.entry("Connection reset", HUNG_UP),
          Map.entry("Broken pipe", HUNG_UP));

  private TlsTrouble() {}

  /**
   * What it means; empty if the reason is another one.
   *
   * @param failure of a call whose connection never came about
   */
  public static Optional<String> of(Throwable failure) {
    StringBuilder causes = new StringBuilder();
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
      causes.append(cause.getMessage()).append('\n');
      cause = cause.getCause();
    }
    String said = causes.toString().toLowerCase(Locale.ROOT);
    return MEANINGS.stream()
        .filter(meaning -> said.contains(meaning.getKey().toLowerCase(Locale.ROOT)))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
