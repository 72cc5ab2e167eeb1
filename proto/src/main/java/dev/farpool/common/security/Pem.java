package dev.farpool.common.security;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys in PEM files. */
public final class Pem {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private static final List<String> ALGORITHMS = List.of("EC", "RSA");

  private Pem() {}

  /**
   * All certificates of a file, in order.
   *
   * @throws IOException if it cannot be read or holds none
   */
  public static List<X509Certificate> certificates(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      List<X509Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (found.isEmpty()) {
        throw new IOException(file + " holds no certificate; it must be PEM, as certs init writes");
      }
      return found;
    } catch (NoSuchFileException missing) {
      throw new IOException("there is no file " + file, missing);
    } catch (CertificateException malformed) {
      throw new IOException(file + " holds no readable certificate: " + malformed, malformed);
    }
  }

  /**
   * The private key of a file that is kept secret.
   *
   * @throws IOException if it cannot be read, is not kept secret, or holds no key in PKCS#8
   */
  public static PrivateKey key(Path file) throws IOException {
    Matcher text = KEY.matcher(SecretFiles.read(file));
    if (text.find()) {
      byte[] bytes = Base64.getMimeDecoder().decode(text.group(1));
      Optional<PrivateKey> key =
          ALGORITHMS.stream().flatMap(algorithm -> key(algorithm, bytes).stream()).findFirst();
      if (key.isPresent()) {
        return key.get();
      }
    }
    throw new IOException(
        file
            + " holds no EC or RSA key in unencrypted PKCS#8; convert it with: openssl pkcs8 -topk8"
            + " -nocrypt -in "
            + file);
  }

  /** The key, if it is one of an algorithm. */
  private static Optional<PrivateKey> key(String algorithm, byte[] bytes) {
    try {
      return Optional.of(
          KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes)));
    } catch (InvalidKeySpecException another) {
      return Optional.empty();
    } catch (GeneralSecurityException everyJavaHasThem) {
      throw new IllegalStateException(everyJavaHasThem);
    }
  }

  /** A certificate as text. */
  public static String text(X509Certificate certificate) throws CertificateException {
    return text("CERTIFICATE", certificate.getEncoded());
  }

  /** A private key as text. */
  public static String text(PrivateKey key) {
    return text("PRIVATE KEY", key.getEncoded());
  }

  private static String text(String what, byte[] bytes) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
  }
}
