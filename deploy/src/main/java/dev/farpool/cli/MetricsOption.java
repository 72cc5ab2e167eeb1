package dev.farpool.cli;

import com.sun.net.httpserver.HttpServer;
import dev.farpool.common.DaemonThreads;
import dev.farpool.common.HostPort;
import dev.farpool.common.MetricsPage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import picocli.CommandLine.Option;

/** Where a worker tells Prometheus of itself, if it does. */
final class MetricsOption {
  private static final int THREADS = 2;
  private static final int BACKLOG = 16;

  @Option(
      names = "--metrics",
      paramLabel = "HOST:PORT",
      description =
          "Answer Prometheus at http://HOST:PORT/metrics; port 0 takes a free one (default: it does"
              + " not).")
  private HostPort address;

  @Option(
      names = "--insecure",
      fallbackValue = "true",
      description =
          "Let --metrics be another address than this machine's own: whoever reaches it can read.")
  private boolean insecure;

  /**
   * Whether it does.
   *
   * @throws CommandException if others could reach the address and {@code --insecure} is not given
   */
  boolean isGiven() {
    if (address != null && !insecure && !ListenOption.isLoopback("--metrics", address)) {
      throw CommandException.wrong(
          "will not answer Prometheus on "
              + address
              + ", as whoever reaches it could read there; add --insecure if that may be");
    }
    return address != null;
  }

  /**
   * Begins to answer.
   *
   * @throws CommandException if the address cannot be used
   */
  Served serve(MetricsPage<?> page) {
    try {
      return new Served(page, address);
    } catch (IOException taken) {
      throw CommandException.failed(
          "cannot listen on "
              + address
              + ": "
              + taken.getMessage()
              + "; choose another with --metrics HOST:PORT");
    }
  }

  /** A server with the page. */
  static final class Served implements AutoCloseable {
    private final MetricsPage<?> page;
    private final HttpServer server;
    private final HostPort address;

    private Served(MetricsPage<?> page, HostPort asked) throws IOException {
      this.page = page;
      this.server = HttpServer.create(new InetSocketAddress(asked.host(), asked.port()), BACKLOG);
      this.address = new HostPort(asked.host(), server.getAddress().getPort());
      server.setExecutor(Executors.newFixedThreadPool(THREADS, new DaemonThreads("farpool-http-")));
      server.createContext("/metrics", page);
      server.start();
    }

    /** Where it listens, with the actual port. */
    HostPort address() {
      return address;
    }

    @Override
    public void close() {
      server.stop(0);
      ((ExecutorService) server.getExecutor()).shutdownNow();
      page.close();
    }
  }
}
