package dev.farpool.cli.certs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.farpool.common.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * The JDK's keytool, which can make certificates where the JDK's classes cannot, on a key store
 * that lives as long as this object. Not thread-safe.
 */
final class KeyTool implements AutoCloseable {
  /** Nobody else can read the directory; the format wants a password all the same. */
  private static final String PASSWORD = "farpool";

  private static final String TYPE = "PKCS12";

  private final Path directory;
  private final Path store;

  KeyTool() throws IOException {
    directory = Files.createTempDirectory("farpool-certs"); // Private to this user.
    store = directory.resolve("store.p12");
  }

  /** Makes a pair of keys and its certificate. */
  Issued make(String alias, List<String> options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    command.addAll(List.of("-genkeypair", "-alias", alias, "-keyalg", "EC"));
    command.addAll(List.of("-groupname", "secp256r1", "-sigalg", "SHA256withECDSA"));
    command.addAll(List.of("-keystore", store.toString(), "-storetype", TYPE));
    command.addAll(List.of("-storepass", PASSWORD));
    command.addAll(options);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException("keytool of this Java failed: " + said);
    }
    return read(alias);
  }

  private Issued read(String alias) throws IOException {
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance(TYPE);
      keys.load(in, PASSWORD.toCharArray());
      return new Issued(
          (X509Certificate) keys.getCertificate(alias),
          (PrivateKey) keys.getKey(alias, PASSWORD.toCharArray()));
    } catch (GeneralSecurityException unusable) {
      throw new IOException("what keytool wrote cannot be read: " + unusable, unusable);
    }
  }

  /** Takes in a pair that was made before, to sign with. */
  void take(String alias, Issued pair) throws IOException {
    try (OutputStream out = Files.newOutputStream(store)) {
      KeyStore keys = KeyStore.getInstance(TYPE);
      keys.load(null, null);
      keys.setKeyEntry(
          alias, pair.key(), PASSWORD.toCharArray(), new Certificate[] {pair.certificate()});
      keys.store(out, PASSWORD.toCharArray());
    } catch (GeneralSecurityException unusable) {
      throw new IOException("the authority's key cannot be used: " + unusable, unusable);
    }
  }

  @Override
  public void close() throws IOException {
    FileTree.delete(directory);
  }
}
