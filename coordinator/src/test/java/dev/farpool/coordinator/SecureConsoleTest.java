package dev.farpool.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.common.HostPort;
import dev.farpool.common.security.FileTrustManager;
import dev.farpool.coordinator.access.Principal;
import dev.farpool.coordinator.access.Role;
import dev.farpool.coordinator.access.TokenEntry;
import dev.farpool.coordinator.access.TokenFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The console of a coordinator that encrypts and wants to know who calls. */
@Timeout(30)
class SecureConsoleTest {
  private static final HostPort FREE = new HostPort("127.0.0.1", 0);
  private static final String DRAIN = "{\"worker\":\"w1\"}";

  @TempDir Path directory;
  private TestCertificates certificates;
  private Path tokens;
  private CoordinatorServer server;
  private String url;
  private HttpClient browser;

  @BeforeEach
  void prepare() throws Exception {
    certificates = new TestCertificates(directory);
    tokens = directory.resolve("tokens");
    SSLContext trust = SSLContext.getInstance("TLS");
    trust.init(
        null,
        new TrustManager[] {new FileTrustManager(certificates.file("ca.pem"), complaint -> {})},
        null);
    browser =
        HttpClient.newBuilder().sslContext(trust).connectTimeout(Duration.ofSeconds(10)).build();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void start(SecurityConfig security) throws IOException {
    server =
        CoordinatorServer.start(
            CoordinatorConfig.of(directory.resolve("data"))
                .withListen(FREE)
                .withSecurity(security));
    url = server.openConsole(FREE);
  }

  private String makeToken(Role role) throws IOException {
    String token = TokenEntry.draw(new SecureRandom());
    TokenFile.add(tokens, TokenEntry.of(token, new Principal(role.text(), role), Optional.empty()));
    return token;
  }

  private HttpResponse<String> get(String path, String token)
      throws IOException, InterruptedException {
    return browser.send(request(path, token).GET().build(), BodyHandlers.ofString());
  }

  private int post(String path, String json, String token)
      throws IOException, InterruptedException {
    HttpRequest request =
        request(path, token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    return browser.send(request, BodyHandlers.ofString()).statusCode();
  }

  private HttpRequest.Builder request(String path, String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url).resolve(path)).timeout(Duration.ofSeconds(10));
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  @Test
  void whoLooksNeedsTheTokenOfAViewer() throws Exception {
    String viewer = makeToken(Role.VIEWER);
    String client = makeToken(Role.CLIENT);
    start(certificates.serving(Optional.empty(), Optional.of(tokens)));

    assertTrue(url.startsWith("https://"), url);
    assertEquals(200, get("/", null).statusCode());
    for (String path : new String[] {"/api/status", "/api/activity", "/metrics"}) {
      assertEquals(401, get(path, null).statusCode(), path);
      assertEquals(403, get(path, client).statusCode(), path);
      assertEquals(200, get(path, viewer).statusCode(), path);
    }
    assertTrue(get("/metrics", viewer).body().contains("farpool_queue_tasks"));
  }

  @Test
  void whoChangesSomethingNeedsTheTokenOfAnOperator() throws Exception {
    String viewer = makeToken(Role.VIEWER);
    String operator = makeToken(Role.OPERATOR);
    start(certificates.serving(Optional.empty(), Optional.of(tokens)));

    assertEquals(403, post("/api/drain", DRAIN, viewer));
    assertEquals(404, post("/api/drain", DRAIN, operator));
  }

  @Test
  void withCertificatesAloneNobodyGetsInByAToken() throws Exception {
    String operator = makeToken(Role.OPERATOR);
    start(certificates.serving(Optional.of(certificates.file("ca.pem")), Optional.empty()));

    assertEquals(401, get("/api/status", null).statusCode());
    assertEquals(401, get("/api/status", operator).statusCode());
    assertEquals(401, post("/api/drain", DRAIN, operator));
  }
}
