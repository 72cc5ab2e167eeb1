package dev.farpool.common;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Tells Prometheus of a process, in its text format. Whoever asks within a second gets the same
 * page, so that many readers cost what one does. What writes the page is made for the first reader:
 * it takes memory, and the time to load it. Thread-safe.
 *
 * @param <T> what is read from the process for a page
 */
public final class MetricsPage<T> implements HttpHandler, AutoCloseable {
  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";
  private static final String PLAIN = "text/plain; charset=utf-8";
  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();
  private static final Duration USUAL_PATIENCE = Duration.ofSeconds(5);
  private static final int NO_BODY = -1;

  private final Supplier<CompletionStage<T>> source;
  private final Supplier<? extends Writer<T>> writers;
  private final LongSupplier nanoTime;
  private final Duration patience;
  private Writer<T> writer;
  private byte[] page;
  private long writtenNanos;

  /** Writes pages, one at a time. */
  public interface Writer<T> extends AutoCloseable {
    /** The page that tells of what was read. */
    String write(T read);

    @Override
    void close();
  }

  /**
   * @param source reads what there is to tell; it may take a moment
   * @param writers makes what writes the pages
   * @param nanoTime a clock that never goes back
   */
  public MetricsPage(
      Supplier<CompletionStage<T>> source,
      Supplier<? extends Writer<T>> writers,
      LongSupplier nanoTime) {
    this(source, writers, nanoTime, USUAL_PATIENCE);
  }

  MetricsPage(
      Supplier<CompletionStage<T>> source,
      Supplier<? extends Writer<T>> writers,
      LongSupplier nanoTime,
      Duration patience) {
    this.source = source;
    this.writers = writers;
    this.nanoTime = nanoTime;
    this.patience = patience;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      if (method.equals("GET") || method.equals("HEAD")) {
        answer(exchange);
      } else {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        send(exchange, 405, PLAIN, "only GET and HEAD are possible here\n".getBytes(UTF_8));
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] answer;
    try {
      answer = page();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      send(exchange, 503, PLAIN, "the process is stopping\n".getBytes(UTF_8));
      return;
    } catch (TimeoutException busy) {
      String why = "the process did not answer in " + patience.toMillis() + " ms\n";
      send(exchange, 503, PLAIN, why.getBytes(UTF_8));
      return;
    }
    send(exchange, 200, METRICS, answer);
  }

  private synchronized byte[] page() throws InterruptedException, TimeoutException {
    long now = nanoTime.getAsLong();
    if (page == null || now - writtenNanos >= FRESH_NANOS) {
      T read = read();
      if (writer == null) {
        writer = writers.get();
      }
      page = writer.write(read).getBytes(UTF_8);
      writtenNanos = now;
    }
    return page;
  }

  private T read() throws InterruptedException, TimeoutException {
    try {
      return source.get().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw new IllegalStateException("the process cannot tell its numbers", failed.getCause());
    }
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, NO_BODY);
    } else {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public synchronized void close() {
    if (writer != null) {
      writer.close();
      writer = null;
      page = null;
    }
  }
}
