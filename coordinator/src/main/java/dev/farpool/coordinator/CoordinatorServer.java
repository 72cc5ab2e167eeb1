package dev.farpool.coordinator;

import com.sun.net.httpserver.HttpHandler;
import dev.farpool.common.HostPort;
import dev.farpool.common.MetricsPage;
import dev.farpool.coordinator.access.Connections;
import dev.farpool.coordinator.grpc.Introspection;
import dev.farpool.coordinator.metrics.CallStatistics;
import dev.farpool.coordinator.metrics.Exposition;
import dev.farpool.coordinator.metrics.Reading;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A coordinator that takes connections over TCP. Thread-safe. */
public final class CoordinatorServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CoordinatorServer.class);
  private static final long RECHECK_SECONDS = 2;

  private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

  private final DataDirectory data;
  private final TransportThreads threads;
  private final Coordinator coordinator;
  private final Server server;
  private final ServerSecurity security;
  private final MetricsPage<?> metrics;
  private final String host;
  private final Deque<Console> consoles = new ConcurrentLinkedDeque<>();

  private CoordinatorServer(
      DataDirectory data,
      TransportThreads threads,
      Coordinator coordinator,
      Server server,
      ServerSecurity security,
      MetricsPage<?> metrics,
      String host) {
    this.data = data;
    this.threads = threads;
    this.coordinator = coordinator;
    this.server = server;
    this.security = security;
    this.metrics = metrics;
    this.host = host;
  }

  /**
   * Takes the directory of the configuration for itself, and starts to listen.
   *
   * @throws IOException if that is not possible; the message names the directory, the file or the
   *     address and says what to do
   */
  public static CoordinatorServer start(CoordinatorConfig config) throws IOException {
    DataDirectory data = DataDirectory.take(config.blobs());
    boolean started = false;
    try {
      CoordinatorServer server = listen(data, config);
      started = true;
      return server;
    } finally {
      if (!started) {
        data.close();
      }
    }
  }

  private static CoordinatorServer listen(DataDirectory data, CoordinatorConfig config)
      throws IOException {
    ServerSecurity security = ServerSecurity.of(config.security(), config.wallClock());
    TransportThreads threads = TransportThreads.start();
    Coordinator coordinator = Coordinator.create(config, threads);
    CallStatistics calls = new CallStatistics(coordinator.nanoTime());
    HostPort listen = config.listen();
    try {
      Server server = build(coordinator, threads, security, calls, config).start();
      MetricsPage<Reading> metrics =
          new MetricsPage<>(coordinator::read, () -> new Exposition(calls), coordinator.nanoTime());
      CoordinatorServer started =
          new CoordinatorServer(
              data, threads, coordinator, server, security, metrics, listen.host());
      threads.group.scheduleWithFixedDelay(
          security.gate()::endRevoked, RECHECK_SECONDS, RECHECK_SECONDS, TimeUnit.SECONDS);
      LOG.info("event=listening address={}", started.address());
      return started;
    } catch (IOException | RuntimeException failed) {
      coordinator.close();
      threads.close();
      throw new IOException(
          "cannot listen on "
              + listen
              + ": "
              + reason(failed)
              + "; stop what uses the address, or choose another with --listen HOST:PORT",
          failed);
    }
  }

  private static Server build(
      Coordinator coordinator,
      TransportThreads threads,
      ServerSecurity security,
      CallStatistics calls,
      CoordinatorConfig config) {
    InetSocketAddress address =
        new InetSocketAddress(config.listen().host(), config.listen().port());
    NettyServerBuilder builder =
        threads.serve(NettyServerBuilder.forAddress(address, security.transport()));
    ServerLimits.apply(builder)
        .directExecutor()
        .addStreamTracerFactory(calls)
        .addTransportFilter(new Connections())
        .intercept(security.gate());
    for (BindableService service : coordinator.services()) {
      builder.addService(service);
    }
    if (config.introspection()) {
      Introspection.services().forEach(builder::addService);
    }
    return builder.build();
  }

  /** The innermost reason is the one a person understands. */
  private static String reason(Throwable failed) {
    Throwable innermost = failed;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return innermost.getMessage() == null ? innermost.toString() : innermost.getMessage();
  }

  /** Where it listens, with the actual port. */
  public HostPort address() {
    return new HostPort(host, server.getPort());
  }

  /**
   * Serves a console, until this is closed; who may look at it is decided as for calls.
   *
   * @param listen where; port 0 for any free one
   * @return what to open in a browser
   * @throws IOException if its address cannot be listened on; the message says what to do
   */
  public String openConsole(HostPort listen) throws IOException {
    Console console =
        Console.start(security.console(listen), coordinator, security.gate(), address());
    console.server().handle("/metrics", metrics);
    consoles.add(console);
    LOG.info("event=console url={}", console.server().url());
    return console.server().url();
  }

  /** Answers scrapes by Prometheus; to be registered with a server for HTTP. */
  public HttpHandler metrics() {
    return metrics;
  }

  /** Completes with the reason if the coordinator fails and serves no more; close it then. */
  public CompletionStage<Throwable> failure() {
    return coordinator.failure();
  }

  Coordinator coordinator() {
    return coordinator;
  }

  /** Waits until it was closed. */
  public void awaitTermination() throws InterruptedException {
    server.awaitTermination();
  }

  /** Ends all streams and stops listening; takes a few seconds at most. */
  @Override
  public void close() {
    try (data;
        threads;
        metrics) {
      consoles.forEach(Console::close);
      server.shutdown();
      coordinator.close();
      if (!server.awaitTermination(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        server.shutdownNow();
      }
    } catch (InterruptedException hurry) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
