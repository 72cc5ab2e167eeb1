package dev.farpool.cli;

import dev.farpool.cli.certs.Authority;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Makes all certificates that a cluster begins with. */
@Command(
    name = "init",
    header =
        "Makes an authority, and certificates for coordinator, workers, clients and operators.",
    description = {
      "Writes ca, server, worker, client and operator, each as NAME.pem and NAME-key.pem, which only"
          + " their owner can read. Keep ca-key.pem where only you can reach it; it is needed for"
          + " farpool certs issue alone.",
      "",
      "The certificates of worker, client and operator name their role, so that no tokens are"
          + " needed. Who shares one is one identity; for separate ones issue more, or make tokens."
    },
    footer = {"Examples:", "  farpool certs init certs --host db1.example.org --host 10.0.0.5"})
final class CertsInitCommand implements Callable<Integer> {
  private static final List<String> ROLES = List.of("worker", "client", "operator");

  @Mixin private CertificateOptions options;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    int days = options.days();
    List<String> hosts = options.hosts();
    try (Authority authority = Authority.create(options.directory())) {
      authority.issueServer(hosts, days);
      for (String role : ROLES) {
        authority.issue(role, role, days);
      }
    } catch (IOException unusable) {
      throw CommandException.failed(unusable.getMessage());
    }
    tellWhatIsNext(options.directory(), hosts.isEmpty() ? "localhost" : hosts.get(0));
    return 0;
  }

  private void tellWhatIsNext(Path directory, String host) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("The certificates are in %s. A coordinator and a worker with them:%n", directory);
    out.printf(
        "  farpool coordinator --listen 0.0.0.0:7400 --tls-cert %1$s/server.pem"
            + " --tls-key %1$s/server-key.pem --tls-client-ca %1$s/ca.pem%n",
        directory);
    out.printf(
        "  farpool worker --coordinator %2$s:7400 --tls-ca %1$s/ca.pem"
            + " --tls-cert %1$s/worker.pem --tls-key %1$s/worker-key.pem%n",
        directory, host);
    out.flush();
  }
}
