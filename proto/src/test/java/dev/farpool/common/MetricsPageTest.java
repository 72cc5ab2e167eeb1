package dev.farpool.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MetricsPageTest {
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong now = new AtomicLong();
  private final AtomicLong reads = new AtomicLong();
  private final List<String> writers = new ArrayList<>();
  private boolean silent;
  private MetricsPage<Long> page;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    page = new MetricsPage<>(this::read, RecordedWriter::new, now::get, Duration.ofMillis(50));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/metrics", page);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void whoeverAsksWithinASecondGetsTheSamePage() throws Exception {
    assertEquals("read 1", send("GET").body());
    now.addAndGet(SECOND - 1);
    assertEquals("read 1", send("GET").body());

    now.addAndGet(1);

    assertEquals("read 2", send("GET").body());
  }

  @Test
  void theWriterIsMadeForTheFirstReaderAndEndsWithThePage() throws Exception {
    assertEquals(List.of(), writers);

    send("GET");
    now.addAndGet(SECOND);
    send("GET");
    page.close();

    assertEquals(List.of("made", "closed"), writers);
  }

  @Test
  void theFormatIsThatOfPrometheus() throws Exception {
    HttpResponse<String> response = send("GET");

    assertEquals(200, response.statusCode());
    assertEquals(
        "text/plain; version=0.0.4; charset=utf-8",
        response.headers().firstValue("Content-Type").orElseThrow());
  }

  @Test
  void onlyReadingIsPossible() throws Exception {
    HttpResponse<String> posted = send("POST");

    assertEquals(405, posted.statusCode());
    assertEquals("GET, HEAD", posted.headers().firstValue("Allow").orElseThrow());
    assertEquals(200, send("HEAD").statusCode());
  }

  @Test
  void aProcessThatDoesNotAnswerIsToldAsSuch() throws Exception {
    silent = true;

    HttpResponse<String> response = send("GET");

    assertEquals(503, response.statusCode());
    assertTrue(response.body().contains("did not answer in 50 ms"), response.body());
  }

  private CompletionStage<Long> read() {
    return silent
        ? new CompletableFuture<>()
        : CompletableFuture.completedFuture(reads.incrementAndGet());
  }

  private HttpResponse<String> send(String method) throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/metrics");
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(address).method(method, BodyPublishers.noBody()).build(),
            BodyHandlers.ofString());
  }

  /** Tells which read it shows. */
  private final class RecordedWriter implements MetricsPage.Writer<Long> {
    RecordedWriter() {
      writers.add("made");
    }

    @Override
    public String write(Long read) {
      return "read " + read;
    }

    @Override
    public void close() {
      writers.add("closed");
    }
  }
}
