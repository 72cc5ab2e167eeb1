package dev.farpool.coordinator.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.common.HostPort;
import dev.farpool.coordinator.access.Principal;
import dev.farpool.coordinator.access.Role;
import dev.farpool.v1.CancelTasksRequest;
import dev.farpool.v1.DrainWorkerRequest;
import dev.farpool.v1.TerminatePoolRequest;
import io.grpc.Status;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server over sockets, with services that tell what they are told. */
@Timeout(30)
class ConsoleServerTest {
  private static final HostPort FREE = new HostPort("127.0.0.1", 0);
  private static final HostPort COORDINATOR = new HostPort("127.0.0.1", 7400);

  private static final Map<String, Principal> TOKENS =
      Map.of(
          "o", new Principal("olga", Role.OPERATOR),
          "v", new Principal("vera", Role.VIEWER),
          "c", new Principal("carl", Role.CLIENT),
          "w", new Principal("w1", Role.WORKER));

  private final AtomicLong nanos = new AtomicLong();
  private FakeServices services;
  private ConsoleServer open;
  private ConsoleServer closed;

  @BeforeEach
  void start() throws IOException {
    services = new FakeServices();
    open = console(ConsoleConfig.open(FREE));
    closed =
        console(
            new ConsoleConfig(
                FREE,
                Optional.empty(),
                Optional.of(token -> Optional.ofNullable(TOKENS.get(token)))));
  }

  private ConsoleServer console(ConsoleConfig config) throws IOException {
    return ConsoleServer.start(config, services.channel, COORDINATOR, nanos::get);
  }

  @AfterEach
  void stop() {
    open.close();
    closed.close();
    services.close();
  }

  private int port() {
    return open.address().port();
  }

  private RawHttp getAs(String token, String path) throws IOException {
    return RawHttp.get(closed.address().port(), path, "Authorization: Bearer " + token);
  }

  private RawHttp postAs(String token, String path, String json) throws IOException {
    return RawHttp.post(closed.address().port(), path, json, "Authorization: Bearer " + token);
  }

  @ParameterizedTest
  @CsvSource({"/,200", "/main.js,200", "/api/status,200", "/no/such,404", "/api/drain,405"})
  void everyAnswerHasTheSecurityHeaders(String path, int status) throws IOException {
    RawHttp answer = RawHttp.get(port(), path);

    assertEquals(status, answer.status());
    assertEquals(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
        answer.headers().get("content-security-policy"));
    assertEquals("nosniff", answer.headers().get("x-content-type-options"));
    assertEquals("no-referrer", answer.headers().get("referrer-policy"));
    assertEquals("no-store", answer.headers().get("cache-control"));
    assertFalse(answer.headers().containsKey("access-control-allow-origin"));
  }

  @Test
  void filesHaveTheirTypesAndTravelPacked() throws IOException {
    assertEquals(
        "text/html; charset=utf-8", RawHttp.get(port(), "/").headers().get("content-type"));

    RawHttp script = RawHttp.get(port(), "/workers.js", "Accept-Encoding: gzip");

    assertEquals("text/javascript; charset=utf-8", script.headers().get("content-type"));
    assertEquals("gzip", script.headers().get("content-encoding"));
    assertTrue(script.text().contains("export function showWorkers"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:7401", "localhost.evil.example", "", "a@b"})
  void foreignNamesAreRefused(String host) throws IOException {
    assertEquals(421, RawHttp.get(port(), "/api/status", "Host: " + host).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost:7401", "127.0.0.1", "10.1.2.3:7401", "[::1]:7401", "LOCALHOST"})
  void addressesAndLocalhostAreNotForeign(String host) throws IOException {
    assertEquals(200, RawHttp.get(port(), "/api/status", "Host: " + host).status());
  }

  @Test
  void anyNameWillDoWhereATokenIsNeeded() throws IOException {
    int port = closed.address().port();
    String host = "Host: farpool-coordinator.farpool.svc:7401";

    assertEquals(401, RawHttp.get(port, "/api/status", host).status());
    assertEquals(200, RawHttp.get(port, "/api/status", host, "Authorization: Bearer v").status());
  }

  @Test
  void pagesOfOthersAreRefused() throws IOException {
    String own = "Origin: http://127.0.0.1:" + port();

    assertEquals(200, RawHttp.get(port(), "/api/status", own).status());
    assertEquals(403, RawHttp.get(port(), "/api/status", "Origin: http://evil.example").status());
    assertEquals(403, RawHttp.get(port(), "/api/status", "Origin: null").status());
    assertEquals(403, RawHttp.get(port(), "/api/status", own.replace("http:", "https:")).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "DELETE", "PUT", "PATCH", "OPTIONS", "TRACE", "POST", "get"})
  void whatOnlyShowsIsOnlyGot(String method) throws IOException {
    for (String path : List.of("/", "/api/status", "/api/tasks/p/1")) {
      RawHttp answer = RawHttp.send(port(), method, path, "");
      assertEquals(405, answer.status(), path);
      assertEquals("GET", answer.headers().get("allow"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/api/status, 401, 403, 200, 200",
    "/api/activity, 401, 403, 200, 200",
    "/api/tasks, 401, 403, 200, 200",
    "/, 200, 200, 200, 200"
  })
  void onlyViewersAndOperatorsAreTold(
      String path, int stranger, int client, int viewer, int operator) throws IOException {
    assertEquals(stranger, RawHttp.get(closed.address().port(), path).status());
    assertEquals(stranger, getAs("unknown", path).status());
    assertEquals(client, getAs("c", path).status());
    assertEquals(client, getAs("w", path).status());
    assertEquals(viewer, getAs("v", path).status());
    assertEquals(operator, getAs("o", path).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown", "v", "c", "w"})
  void whoIsNoOperatorChangesNothing(String token) throws IOException {
    int expected = token.equals("unknown") ? 401 : 403;

    assertEquals(expected, postAs(token, "/api/drain", "{\"worker\":\"w1\"}").status());
    assertEquals(expected, postAs(token, "/api/cancel", "{\"pool\":\"p\"}").status());
    assertEquals(List.of(), services.asked);
  }

  @Test
  void operatorsDrainAndCancel() throws IOException {
    assertEquals(200, postAs("o", "/api/drain", "{\"worker\":\"w1\"}").status());
    assertEquals(200, postAs("o", "/api/cancel", "{\"pool\":\"p\",\"index\":7}").status());
    assertEquals(200, postAs("o", "/api/cancel", "{\"pool\":\"p\"}").status());

    DrainWorkerRequest drain = (DrainWorkerRequest) services.asked.get(0);
    assertEquals("w1", drain.getName());
    assertEquals("asked for by olga in the console", drain.getReason());
    assertEquals(7, ((CancelTasksRequest) services.asked.get(1)).getTasks(0).getFirst());
    assertEquals("p", ((TerminatePoolRequest) services.asked.get(2)).getPoolId());
  }

  @Test
  void aChangeIsJsonOfOurOwnPage() throws IOException {
    String form = "Content-Type: text/plain";
    String foreign = "Origin: http://evil.example";

    assertEquals(415, RawHttp.send(port(), "POST", "/api/cancel", "{}", form).status());
    assertEquals(403, RawHttp.post(port(), "/api/cancel", "{\"pool\":\"p\"}", foreign).status());
    assertEquals(405, RawHttp.get(port(), "/api/cancel").status());
    assertEquals(List.of(), services.asked);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "{\"pool\":1}", "{\"pool\":\"\"}", "{\"index\":1}"})
  void aMalformedChangeIsRefused(String json) throws IOException {
    assertEquals(400, RawHttp.post(port(), "/api/cancel", json).status());
    assertEquals(List.of(), services.asked);
  }

  @Test
  void aLargeChangeIsRefused() throws IOException {
    String json = "{\"pool\":\"" + "x".repeat(HttpLimits.MAX_BODY_BYTES) + "\"}";

    assertEquals(413, RawHttp.post(port(), "/api/cancel", json).status());
  }

  @ParameterizedTest
  @CsvSource({
    "/../console/index.html, 404",
    "/%2e%2e/index.html, 404",
    "/main.js/x, 404",
    "/Assets.class, 404",
    "/api, 404",
    "/api/statusx, 404",
    "/api/status/x, 404",
    "/api/tasks/p, 404",
    "/api/tasks/p/1/other, 404",
    "/api/tasks/p/x, 400",
    "/api/tasks/p/-1, 400",
    "/api/tasks/%zz/1, 400",
    "/api/tasks?state=odd, 400",
    "/api/tasks?rows=1000, 400",
    "/api/status?rows=-1, 400",
    "/api/status?rows=x, 400"
  })
  void badPathsAreRefused(String path, int status) throws IOException {
    assertEquals(status, RawHttp.get(port(), path).status());
  }

  @Test
  void slowPeersDoNotKeepOthersWaiting() throws IOException {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < HttpLimits.THREADS - 1; i++) {
        Socket socket = RawHttp.open(port());
        socket.getOutputStream().write("GET / HT".getBytes(StandardCharsets.US_ASCII));
        slow.add(socket);
      }

      assertEquals(200, RawHttp.get(port(), "/api/status").status());
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void manyWhoLookCostOneQuestionASecond() throws IOException {
    for (int i = 0; i < 5; i++) {
      RawHttp.get(port(), "/api/status");
    }
    assertEquals(1, services.statusAsked.get());

    nanos.addAndGet(1_000_000_000);

    RawHttp.get(port(), "/api/status");
    assertEquals(2, services.statusAsked.get());
  }

  @Test
  void aCoordinatorThatDoesNotAnswerIsToldAsSuch() throws IOException {
    services.failure = Status.UNAVAILABLE.withDescription("it stops");

    RawHttp answer = RawHttp.get(port(), "/api/status");

    assertEquals(503, answer.status());
    assertEquals("{\"error\":\"the coordinator does not answer: it stops\"}", answer.text());
  }

  @Test
  void whatIsNotThereIsNotFound() throws IOException {
    services.failure = Status.NOT_FOUND.withDescription("there is no pool p");

    assertEquals(404, RawHttp.get(port(), "/api/tasks?state=failed").status());
  }

  @Test
  void pagesOfOtherRoomsAreBehindTheSameDoor() throws IOException {
    closed.handle(
        "/metrics",
        exchange ->
            HttpReply.content("text/plain", "up 1".getBytes(StandardCharsets.UTF_8))
                .send(exchange));

    assertEquals("up 1", getAs("v", "/metrics").text());
    assertEquals(401, getAs("unknown", "/metrics").status());
    assertEquals(403, getAs("c", "/metrics").status());
    assertEquals(404, getAs("v", "/metricsx").status());
    assertEquals("nosniff", getAs("v", "/metrics").headers().get("x-content-type-options"));
  }

  @Test
  void anAddressInUseIsToldWithWhatToDo() {
    IOException inUse =
        assertThrows(IOException.class, () -> console(ConsoleConfig.open(open.address())));

    assertTrue(
        inUse
            .getMessage()
            .matches("cannot serve the console on 127\\.0\\.0\\.1:\\d+: .* --console off"),
        inUse.getMessage());
  }
}
