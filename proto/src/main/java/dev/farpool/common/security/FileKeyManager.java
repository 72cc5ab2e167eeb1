package dev.farpool.common.security;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Shows the certificate of a file at each handshake, as it is then: a renewed one needs no restart.
 * While only one of certificate and key was replaced, the pair before it stays in use. Thread-safe.
 */
public final class FileKeyManager extends X509ExtendedKeyManager {
  private static final byte[] NOTHING = {0};

  private final WatchedFiles<Identity> files;

  // Guarded by this. A handshake may have begun with the one before.
  private Identity current;
  private Identity previous;

  /** A certificate with the key that belongs to it. */
  private record Identity(List<X509Certificate> chain, PrivateKey key) {
    String alias() {
      return chain.get(0).getSerialNumber().toString();
    }
  }

  /**
   * Reads both files.
   *
   * @param complaints is told why a change could not be read
   * @throws IOException if one of them cannot be used, or they do not belong together
   */
  public FileKeyManager(Path certificate, Path key, Consumer<String> complaints)
      throws IOException {
    this.files =
        new WatchedFiles<>(
            List.of(certificate, key),
            () -> read(certificate, key),
            Duration.ZERO,
            System::nanoTime,
            complaints);
    this.current = files.get();
    this.previous = current;
  }

  private static Identity read(Path certificate, Path key) throws IOException {
    Identity identity = new Identity(Pem.certificates(certificate), Pem.key(key));
    X509Certificate own = identity.chain.get(0);
    try {
      Signature signature =
          Signature.getInstance(
              identity.key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
      signature.initSign(identity.key);
      signature.update(NOTHING);
      byte[] signed = signature.sign();
      signature.initVerify(own);
      signature.update(NOTHING);
      if (signature.verify(signed)) {
        return identity;
      }
    } catch (GeneralSecurityException ofAnotherKind) {
      throw new IOException(apart(certificate, key), ofAnotherKind);
    }
    throw new IOException(apart(certificate, key));
  }

  private static String apart(Path certificate, Path key) {
    return key + " is not the key of " + certificate + "; give both of one pair";
  }

  private synchronized String newest() {
    Identity now = files.get();
    if (!now.equals(current)) {
      previous = current;
      current = now;
    }
    return now.alias();
  }

  private synchronized Identity find(String alias) {
    return alias.equals(current.alias()) ? current : previous;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return find(alias).chain.toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return find(alias).key;
  }

  @Override
  public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
    return newest();
  }

  @Override
  public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
    return newest();
  }

  @Override
  public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
    return newest();
  }

  @Override
  public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
    return newest();
  }

  @Override
  public String[] getClientAliases(String type, Principal[] issuers) {
    return new String[] {newest()};
  }

  @Override
  public String[] getServerAliases(String type, Principal[] issuers) {
    return new String[] {newest()};
  }
}
