package dev.farpool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.common.security.FileKeyManager;
import dev.farpool.common.security.FileTrustManager;
import dev.farpool.common.security.Pem;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CertsCommandTest {
  @TempDir Path directory;

  private CommandRunner certs(String line) {
    return CommandRunner.run(("certs " + line).replace("DIR", certs().toString()).split(" "));
  }

  private Path certs() {
    return directory.resolve("certs");
  }

  private X509Certificate certificate(String name) throws Exception {
    return Pem.certificates(certs().resolve(name + ".pem")).get(0);
  }

  private static Set<String> names(X509Certificate certificate) throws Exception {
    return certificate.getSubjectAlternativeNames().stream()
        .map(name -> name.get(1).toString())
        .collect(Collectors.toSet());
  }

  @Test
  void aClusterHasAllItBeginsWithAndWhatExpiresIsRenewed() throws Exception {
    CommandRunner init = certs("init DIR --host db1.example.org --host 10.0.0.5");
    assertEquals(0, init.exitCode(), init.err());
    assertTrue(init.out().contains("--coordinator db1.example.org:7400"), init.out());

    FileTrustManager trust = new FileTrustManager(certs().resolve("ca.pem"), text -> {});
    X509Certificate server = certificate("server");
    trust.checkServerTrusted(new X509Certificate[] {server}, "ECDHE_ECDSA");
    assertTrue(names(server).containsAll(List.of("db1.example.org", "10.0.0.5", "localhost")));
    for (String role : List.of("worker", "client", "operator")) {
      assertBelongsToRole(trust, role);
    }

    BigInteger serial = server.getSerialNumber();
    CommandRunner issue = certs("issue DIR --role server --host db2.example.org --days 30");
    assertEquals(0, issue.exitCode(), issue.err());
    assertFalse(serial.equals(certificate("server").getSerialNumber()));
    assertEquals(0, certs("issue DIR --role worker --name w7").exitCode());
    assertEquals(Set.of("farpool://worker/w7"), names(certificate("worker-w7")));

    CommandRunner again = certs("init DIR");
    assertEquals(1, again.exitCode());
    assertTrue(again.err().contains("holds an authority already"), again.err());
  }

  private void assertBelongsToRole(FileTrustManager trust, String role) throws Exception {
    X509Certificate own = certificate(role);
    trust.checkClientTrusted(new X509Certificate[] {own}, "ECDHE_ECDSA");
    assertEquals(Set.of("farpool://" + role + "/" + role), names(own));
    Path key = certs().resolve(role + "-key.pem");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
    assertEquals(
        List.of(own),
        List.of(
            new FileKeyManager(certs().resolve(role + ".pem"), key, text -> {})
                .getCertificateChain(own.getSerialNumber().toString())));
  }
}
