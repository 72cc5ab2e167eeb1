package dev.farpool.coordinator.console;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.farpool.coordinator.access.Principal;
import dev.farpool.coordinator.access.Role;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every request passes, in this order: headers that keep browsers strict, the name it came
 * for, the page it came from, its method, and who sent it. What is not allowed here is refused.
 * Thread-safe.
 */
final class Door {
  private static final Logger LOG = LoggerFactory.getLogger(Door.class);

  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
          + " connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy", POLICY,
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "Cache-Control", "no-store");

  private final Hosts hosts;
  private final String scheme;
  private final Access access;

  /**
   * @param scheme http or https
   */
  Door(Hosts hosts, String scheme, Access access) {
    this.hosts = hosts;
    this.scheme = scheme;
    this.access = access;
  }

  /** What is behind the door: it has sent an answer when it returns. */
  @FunctionalInterface
  interface Room {
    void serve(HttpExchange exchange, Principal caller) throws IOException;
  }

  /**
   * Lets a request in, or refuses it.
   *
   * @param method the only one that is allowed
   * @param needed one of these roles; empty if anybody may
   */
  void pass(HttpExchange exchange, String method, Set<Role> needed, Room room) throws IOException {
    HEADERS.forEach(exchange.getResponseHeaders()::set);
    try {
      room.serve(exchange, check(exchange, method, needed));
    } catch (HttpRefusal refusal) {
      refuse(exchange, refusal);
    } catch (RuntimeException broken) {
      LOG.error("event=console_request_failed path={}", exchange.getRequestURI(), broken);
      refuse(exchange, new HttpRefusal(HttpRefusal.INTERNAL, "see the coordinator's log"));
    }
  }

  /** Who sent it; null if that was not asked. */
  private Principal check(HttpExchange exchange, String method, Set<Role> needed) {
    Headers headers = exchange.getRequestHeaders();
    String host = headers.getFirst("Host");
    if (!hosts.isOurs(host)) {
      throw new HttpRefusal(
          HttpRefusal.MISDIRECTED,
          "the console is not known by this name: use its address, or start the coordinator with"
              + " --console NAME:PORT");
    }
    if (!Hosts.isOwnOrigin(headers.getFirst("Origin"), scheme, host)) {
      throw new HttpRefusal(HttpRefusal.FORBIDDEN, "requests from pages of others are refused");
    }
    if (!exchange.getRequestMethod().equals(method)) {
      exchange.getResponseHeaders().set("Allow", method);
      throw new HttpRefusal(HttpRefusal.METHOD_NOT_ALLOWED, "only " + method + " is allowed here");
    }
    return needed.isEmpty() ? null : access.check(headers.getFirst("Authorization"), needed);
  }

  private static void refuse(HttpExchange exchange, HttpRefusal refusal) throws IOException {
    if (exchange.getResponseCode() != -1) {
      exchange.close(); // The answer has begun: the peer must see that it is not whole.
      return;
    }
    if (refusal.status() == HttpRefusal.UNAUTHORIZED) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
    }
    HttpReply.json(
            refusal.status(), Json.of(json -> json.name("error").value(refusal.getMessage())))
        .send(exchange);
  }
}
