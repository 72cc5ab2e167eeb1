package dev.farpool.cli;

import dev.farpool.cli.certs.Authority;
import dev.farpool.coordinator.access.Principal;
import dev.farpool.coordinator.access.Role;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Issues one certificate, or issues it again. */
@Command(
    name = "issue",
    header = "Issues a certificate, or renews one that is there.",
    description =
        "Writes ROLE-NAME.pem and ROLE-NAME-key.pem, server.pem and server-key.pem for the role"
            + " server, or ROLE.pem and ROLE-key.pem where the name is that of the role. Running"
            + " processes take renewed files for their next connection.",
    footer = {
      "Examples:",
      "  farpool certs issue certs --role worker --name w7",
      "  farpool certs issue certs --role server --host db1.example.org"
    })
final class CertsIssueCommand implements Callable<Integer> {
  @Mixin private CertificateOptions options;

  @Option(
      names = "--role",
      required = true,
      paramLabel = "ROLE",
      description = "server, or client, worker, operator or viewer.")
  private String role;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Whose it is (default: that of the role).")
  private String name;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    int days = options.days();
    List<String> hosts = options.hosts();
    String owner = name == null ? role : name;
    boolean server = role.equals(Authority.SERVER);
    if (!server) {
      check(owner);
    }
    try (Authority authority = Authority.open(options.directory())) {
      if (server) {
        authority.issueServer(hosts, days);
      } else {
        authority.issue(role, owner, days);
      }
    } catch (IOException unusable) {
      throw CommandException.failed(unusable.getMessage());
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("The certificate of " + role + " " + owner + " is in " + options.directory());
    out.flush();
    return 0;
  }

  private void check(String owner) {
    if (!Principal.isName(owner)) {
      throw CommandException.wrong(
          "--name must be 1 to 100 characters of [A-Za-z0-9._@-], beginning with a letter or digit,"
              + " not \""
              + owner
              + "\"");
    }
    try {
      Role.of(role);
    } catch (IllegalArgumentException noSuchRole) {
      throw CommandException.wrong("--" + noSuchRole.getMessage() + "; or server");
    }
  }
}
