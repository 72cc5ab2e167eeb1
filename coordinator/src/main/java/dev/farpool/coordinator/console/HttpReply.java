package dev.farpool.coordinator.console;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/**
 * What is answered.
 *
 * @param type of the content
 * @param attachment the file name under which a browser keeps the content; empty to show it
 * @param body the content
 */
record HttpReply(int status, String type, String attachment, byte[] body) {
  private static final int OK = 200;

  /** Less is one packet either way. */
  private static final int WORTH_COMPRESSING = 1400;

  static HttpReply json(String json) {
    return json(OK, json);
  }

  static HttpReply json(int status, String json) {
    return new HttpReply(
        status, "application/json; charset=utf-8", "", json.getBytes(StandardCharsets.UTF_8));
  }

  static HttpReply content(String type, byte[] body) {
    return new HttpReply(OK, type, "", body);
  }

  /** Text that a browser must not take for a page. */
  static HttpReply download(String name, byte[] body) {
    return new HttpReply(OK, "text/plain; charset=utf-8", name, body);
  }

  void send(HttpExchange exchange) throws IOException {
    byte[] sent = body;
    exchange.getResponseHeaders().set("Content-Type", type);
    if (!attachment.isEmpty()) {
      exchange
          .getResponseHeaders()
          .set("Content-Disposition", "attachment; filename=\"" + attachment + "\"");
    }
    if (body.length >= WORTH_COMPRESSING && takesGzip(exchange)) {
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      sent = compressed(body);
    }
    if (sent.length == 0 || exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, sent.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(sent);
    }
  }

  private static boolean takesGzip(HttpExchange exchange) {
    String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
    return accepted != null && accepted.contains("gzip");
  }

  private static byte[] compressed(byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 2);
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(body);
    }
    return bytes.toByteArray();
  }
}
