package dev.farpool.cli.certs;

import dev.farpool.common.security.Pem;
import dev.farpool.common.security.SecretFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/** A certificate and its key. */
record Issued(X509Certificate certificate, PrivateKey key) {
  /** Those that {@link #write} wrote. */
  static Issued read(Path directory, String name) throws IOException {
    return new Issued(
        Pem.certificates(directory.resolve(name + ".pem")).get(0),
        Pem.key(directory.resolve(name + "-key.pem")));
  }

  /** Writes NAME.pem and NAME-key.pem; who renews both meets the key first. */
  void write(Path directory, String name) throws IOException {
    try {
      SecretFiles.replace(directory.resolve(name + "-key.pem"), Pem.text(key));
      SecretFiles.replace(directory.resolve(name + ".pem"), Pem.text(certificate));
    } catch (CertificateException impossible) {
      throw new IOException(impossible);
    }
  }
}
