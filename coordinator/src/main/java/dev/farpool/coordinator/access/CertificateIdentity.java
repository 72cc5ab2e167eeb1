package dev.farpool.coordinator.access;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whom a client certificate names, by a URI among its alternative names: {@code
 * farpool://ROLE/NAME}. That the certificate is genuine was checked before.
 *
 * @param principal its owner
 * @param end when it expires
 */
record CertificateIdentity(Principal principal, Instant end) {
  private static final int URI = 6; // Of a GeneralName, RFC 5280.
  private static final Pattern NAME = Pattern.compile("farpool://([a-z]+)/(.+)");

  /** Empty if it names nobody, or more than one. */
  static Optional<CertificateIdentity> of(X509Certificate certificate) {
    Collection<List<?>> names;
    try {
      names = certificate.getSubjectAlternativeNames();
    } catch (CertificateParsingException malformed) {
      return Optional.empty();
    }
    if (names == null) {
      return Optional.empty();
    }
    List<Principal> principals =
        names.stream()
            .filter(name -> name.get(0).equals(URI))
            .flatMap(name -> principal(name.get(1).toString()).stream())
            .toList();
    return principals.size() == 1
        ? Optional.of(
            new CertificateIdentity(principals.get(0), certificate.getNotAfter().toInstant()))
        : Optional.empty();
  }

  private static Optional<Principal> principal(String uri) {
    Matcher matcher = NAME.matcher(uri);
    if (!matcher.matches() || !Principal.isName(matcher.group(2))) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Principal(matcher.group(2), Role.of(matcher.group(1))));
    } catch (IllegalArgumentException noSuchRole) {
      return Optional.empty();
    }
  }

  /** Its owner, as long as it has not expired. */
  Optional<Principal> at(Instant now) {
    return now.isBefore(end) ? Optional.of(principal) : Optional.empty();
  }
}
