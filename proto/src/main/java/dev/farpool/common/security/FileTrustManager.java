package dev.farpool.common.security;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts what the authorities of a file have signed, as the file is at the handshake. All checking
 * is the JDK's, of host names too, where the engine asks for that. Thread-safe.
 */
public final class FileTrustManager extends X509ExtendedTrustManager {
  private final WatchedFiles<X509ExtendedTrustManager> file;

  /**
   * Reads the file.
   *
   * @param authorities one or several certificates, during a change of authority the old and the
   *     new one
   * @param complaints is told why a change could not be read
   * @throws IOException if it cannot be used
   */
  public FileTrustManager(Path authorities, Consumer<String> complaints) throws IOException {
    this.file =
        new WatchedFiles<>(
            List.of(authorities),
            () -> manager(authorities),
            Duration.ZERO,
            System::nanoTime,
            complaints);
  }

  private static X509ExtendedTrustManager manager(Path file) throws IOException {
    List<X509Certificate> authorities = Pem.certificates(file);
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (int i = 0; i < authorities.size(); i++) {
        store.setCertificateEntry("authority" + i, authorities.get(i));
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    } catch (GeneralSecurityException unusable) {
      throw new IOException("cannot trust what " + file + " holds: " + unusable, unusable);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    file.get().checkClientTrusted(chain, type, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    file.get().checkServerTrusted(chain, type, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    file.get().checkClientTrusted(chain, type, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    file.get().checkServerTrusted(chain, type, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    file.get().checkClientTrusted(chain, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    file.get().checkServerTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return file.get().getAcceptedIssuers();
  }
}
