package dev.farpool.cli;

import dev.farpool.common.HostPort;
import dev.farpool.common.PrivateDirectory;
import dev.farpool.common.trace.Spans;
import dev.farpool.coordinator.CoordinatorConfig;
import dev.farpool.coordinator.CoordinatorServer;
import dev.farpool.coordinator.SecurityConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a coordinator until it is told to stop. */
@Command(
    name = "coordinator",
    header = "Runs a coordinator: it holds pools, queue and results.",
    description = {
      "Says where it is when it is ready, and runs until SIGTERM or Ctrl-C. Workers and clients"
          + " reconnect when it comes back."
    },
    footer = {
      "Examples:",
      "  farpool coordinator",
      "  farpool coordinator --listen 127.0.0.1:0 --data /var/lib/farpool",
      "  farpool coordinator --console off",
      "  farpool coordinator --listen 0.0.0.0:7400 --tls-cert certs/server.pem"
          + " --tls-key certs/server-key.pem --tls-client-ca certs/ca.pem --tokens certs/tokens",
      "  farpool coordinator --listen 10.0.0.5:7400 --insecure"
    })
final class CoordinatorCommand implements Callable<Integer> {
  /** At INFO, whoever knocks without speaking gRPC leaves a stack trace in the log. */
  private static final Logger KNOCKS =
      Logger.getLogger("io.grpc.netty.shaded.io.grpc.netty.NettyServerTransport");

  @Mixin private ListenOption listen;
  @Mixin private ConsoleOption console;
  @Mixin private AccessOptions access;
  @Mixin private TimesOption times;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where to keep jars and large arguments, so that they are still there after a restart"
              + " (default: a private directory, deleted at the end).")
  private Path data;

  @Option(
      names = "--introspection",
      fallbackValue = "true",
      description =
          "Serve gRPC's reflection and channelz, too, for tools like grpcurl: which methods there"
              + " are, which connections and calls.")
  private boolean introspection;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    SecurityConfig security = access.checked();
    HostPort address = listen.checked(security.isSafe());
    Optional<HostPort> page = console.checked(listen, security.isSafe());
    ServerLog.begin();
    KNOCKS.setLevel(Level.WARNING);
    StopSignals signals = StopSignals.install();
    try (PrivateDirectory own = data == null ? PrivateDirectory.create() : null;
        Spans spans = ServerTracing.open("farpool-coordinator", address.toString())) {
      CoordinatorConfig config =
          CoordinatorConfig.of(own == null ? data : own.path().resolve("blobs"))
              .withListen(address)
              .withSecurity(security)
              .withIntrospection(introspection)
              .withSpans(spans);
      try (CoordinatorServer server = CoordinatorServer.start(times.applyTo(config))) {
        String url = page.isPresent() ? server.openConsole(page.get()) : "";
        announce(server.address(), url, security.isSafe());
        server.failure().thenRun(signals::request);
        signals.await();
        Throwable failure = server.failure().toCompletableFuture().getNow(null);
        if (failure != null) {
          throw CommandException.failed(
              "the coordinator has failed and stops ("
                  + failure
                  + "); start it again, workers and clients come back by themselves, and report what"
                  + " its log says");
        }
      }
      return 0;
    } catch (IOException unusable) {
      throw CommandException.failed(unusable.getMessage());
    }
  }

  private void announce(HostPort address, String console, boolean safe) {
    if (listen.isExposed(safe)) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(
          "farpool coordinator: WARNING: whoever reaches "
              + address
              + " can run code on the workers");
      err.flush();
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("farpool coordinator: listening on " + address);
    if (!console.isEmpty()) {
      out.println("farpool coordinator: console at " + console);
    }
    out.flush();
  }
}
