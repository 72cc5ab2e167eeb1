package dev.farpool.coordinator.console;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.farpool.common.HostPort;
import dev.farpool.coordinator.access.Role;
import io.grpc.Channel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.LongSupplier;

/** Serves the console, and pages of other rooms beside it. Thread-safe. */
public final class ConsoleServer implements AutoCloseable {
  private static final int BACKLOG = 50;

  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final Door door;
  private final HostPort address;
  private final String scheme;

  private ConsoleServer(HttpServer server, ConsoleConfig config) {
    this.server = server;
    this.threads = HttpLimits.threads();
    this.scheme = config.tls().isPresent() ? "https" : "http";
    this.address = new HostPort(config.listen().host(), server.getAddress().getPort());
    Hosts hosts =
        config.authenticator().isPresent() ? Hosts.any() : Hosts.of(config.listen().host());
    this.door = new Door(hosts, scheme, new Access(config.authenticator()));
    server.setExecutor(threads);
  }

  /**
   * Starts to serve.
   *
   * @param cluster leads to the coordinator's services
   * @param coordinator where workers and clients reach it, for people
   * @param nanoTime tells how old an answer is
   * @throws IOException if the address cannot be listened on; the message says what to do
   */
  public static ConsoleServer start(
      ConsoleConfig config, Channel cluster, HostPort coordinator, LongSupplier nanoTime)
      throws IOException {
    HttpLimits.apply();
    ConsoleServer console = new ConsoleServer(bind(config), config);
    ClusterCalls calls = new ClusterCalls(cluster, nanoTime);
    console.server.createContext("/", console.guarded("/", "GET", Set.of(), new Assets()));
    console.show("/api/status", new StatusResource(calls, coordinator));
    console.show("/api/activity", new ActivityResource(calls));
    console.show("/api/tasks", new TasksResource(calls));
    console.change("/api/drain", new DrainAction(calls));
    console.change("/api/cancel", new CancelAction(calls));
    console.server.start();
    return console;
  }

  private static HttpServer bind(ConsoleConfig config) throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(config.listen().host(), config.listen().port());
    try {
      if (config.tls().isEmpty()) {
        return HttpServer.create(address, BACKLOG);
      }
      HttpsServer server = HttpsServer.create(address, BACKLOG);
      server.setHttpsConfigurator(new HttpsConfigurator(config.tls().get()));
      return server;
    } catch (IOException | RuntimeException failed) {
      throw new IOException(
          "cannot serve the console on "
              + config.listen()
              + ": "
              + failed.getMessage()
              + "; choose another address with --console HOST:PORT, or do without: --console off",
          failed);
    }
  }

  /**
   * Serves a page of another room to whoever may look at the cluster: to GET requests only, behind
   * the same checks as the console.
   *
   * @param path such as {@code /metrics}
   */
  public void handle(String path, HttpHandler page) {
    server.createContext(
        path,
        exchange ->
            door.pass(
                exchange,
                "GET",
                Access.READING,
                (request, caller) -> {
                  Requests.checkBelow(path, request.getRequestURI().getRawPath());
                  page.handle(request);
                }));
  }

  private void show(String path, Resource resource) {
    server.createContext(path, guarded(path, "GET", Access.READING, resource));
  }

  private void change(String path, Resource resource) {
    server.createContext(path, guarded(path, "POST", Access.CHANGING, resource));
  }

  private HttpHandler guarded(String path, String method, Set<Role> needed, Resource resource) {
    return exchange ->
        door.pass(
            exchange,
            method,
            needed,
            (request, caller) -> {
              HttpReply reply = resource.answer(Requests.read(request, path, caller));
              reply.send(request);
            });
  }

  /** Where it listens, with the actual port. */
  public HostPort address() {
    return address;
  }

  /** What to open in a browser. */
  public String url() {
    return scheme + "://" + address + "/";
  }

  /** Hangs up on all who look. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
