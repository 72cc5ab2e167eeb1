package dev.farpool.coordinator.console;

import com.sun.net.httpserver.HttpExchange;
import dev.farpool.coordinator.access.Principal;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads requests. */
final class Requests {
  private Requests() {}

  /**
   * Reads one.
   *
   * @param base the path of the resource
   * @throws HttpRefusal if it is malformed, too large, or for another resource
   */
  static HttpRequest read(HttpExchange exchange, String base, Principal caller) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    checkBelow(base, path);
    return new HttpRequest(
        caller,
        Access.token(exchange.getRequestHeaders().getFirst("Authorization")),
        segments(path.substring(base.length())),
        query(exchange.getRequestURI().getRawQuery()),
        body(exchange));
  }

  /**
   * The server finds the page of a path by how the path begins: {@code /api/statusx} would come to
   * {@code /api/status}.
   *
   * @throws HttpRefusal if a path is neither the page's own nor below it
   */
  static void checkBelow(String base, String path) {
    String below = path.substring(base.length());
    if (!base.endsWith("/") && !below.isEmpty() && !below.startsWith("/")) {
      throw new HttpRefusal(HttpRefusal.NOT_FOUND, "there is nothing at " + path);
    }
  }

  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/")) {
      if (!segment.isEmpty()) {
        segments.add(decoded(segment.replace("+", "%2B")));
      }
    }
    return segments;
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new HashMap<>();
    if (raw != null) {
      for (String pair : raw.split("&")) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        query.put(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
      }
    }
    return query;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw new HttpRefusal(
          HttpRefusal.BAD_REQUEST, "the address has a % that begins no character: " + text);
    }
  }

  /** The body of a POST. Other content than JSON can come from a form of any page in the world. */
  private static String body(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      return "";
    }
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type == null || !type.matches("(?i)application/json(\\s*;.*)?")) {
      throw new HttpRefusal(
          HttpRefusal.UNSUPPORTED_TYPE, "the content must be application/json, not " + type);
    }
    byte[] body = exchange.getRequestBody().readNBytes(HttpLimits.MAX_BODY_BYTES + 1);
    if (body.length > HttpLimits.MAX_BODY_BYTES) {
      throw new HttpRefusal(
          HttpRefusal.TOO_LARGE,
          "the content must not be larger than " + HttpLimits.MAX_BODY_BYTES + " bytes");
    }
    return new String(body, StandardCharsets.UTF_8);
  }
}
