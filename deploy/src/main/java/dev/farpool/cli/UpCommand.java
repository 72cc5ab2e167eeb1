package dev.farpool.cli;

import dev.farpool.cli.hosts.Distribution;
import dev.farpool.cli.hosts.Fleet;
import dev.farpool.cli.hosts.HostLine;
import dev.farpool.cli.hosts.Plan;
import dev.farpool.common.HostPort;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs workers on other hosts, by ssh. */
@Command(
    name = "up",
    header = "Runs workers on other hosts, by ssh.",
    description = {
      "Logs in to each host with the system's ssh, its configuration and keys, copies this"
          + " distribution where it is not there yet, and runs a worker. The hosts need Java 17 or"
          + " newer, sh and tar. Ctrl-C lets the workers finish what they run and stops them; a"
          + " second one ends that at once. A host that fails does not hold up the others; the exit"
          + " code is 1 then."
    },
    footer = {
      "Examples:",
      "  farpool up --hosts hosts.txt --coordinator db1:7400",
      "  farpool up --hosts hosts.txt --coordinator db1:7400 -- --drain-timeout 10m --spares 0",
      "  farpool up --hosts hosts.txt --files worker.d -- --config worker.properties"
    })
final class UpCommand implements Callable<Integer> {
  private static final Duration HASTE = Duration.ofSeconds(10);

  @Mixin private HostsOption on;

  @Option(
      names = "--coordinator",
      paramLabel = "HOST:PORT",
      split = ",",
      defaultValue = "127.0.0.1:7400",
      description = {
        "The coordinator, as the hosts reach it; several addresses, separated by commas, are tried"
            + " in turn (default: ${DEFAULT-VALUE})."
      })
  private List<HostPort> coordinator;

  @Option(
      names = "--java-home",
      paramLabel = "DIR",
      defaultValue = "",
      description = "Where Java is on the hosts (default: the java in the PATH there).")
  private String javaHome;

  @Option(
      names = "--files",
      paramLabel = "DIR",
      description =
          "A directory that every host gets a copy of, for nobody else to read, and in which its"
              + " worker runs: for certificates, tokens and a configuration file.")
  private Path files;

  @Option(
      names = "--detach",
      fallbackValue = "true",
      description =
          "Return when the workers are attached, and leave them running; see farpool down.")
  private boolean detach;

  @Parameters(
      arity = "0..*",
      paramLabel = "OPTION",
      description = "After --: more options for the workers, see farpool worker --help.")
  private List<String> options = List.of();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    List<HostLine> hosts = on.hosts();
    StopSignals signals = StopSignals.install();
    String advice = detach ? "farpool down stops them" : "Ctrl-C stops them";
    HostsReport report = new HostsReport(spec.commandLine(), hosts, advice);
    Fleet fleet = new Fleet(hosts, plan(), on.ssh(), report);
    signals.onSecond(() -> endAtOnce(fleet));
    if (detach) {
      fleet.leave(signals::request);
    } else {
      fleet.run(signals::request);
    }
    signals.await();
    fleet.stop();
    fleet.await();
    signals.giveWay();
    return report.failures() > 0 ? 1 : 0;
  }

  private Plan plan() {
    String addresses =
        coordinator.stream().map(HostPort::toString).collect(Collectors.joining(","));
    List<String> all = new ArrayList<>(List.of("--coordinator", addresses, "--log-level", "WARN"));
    all.addAll(options);
    try {
      Distribution distribution = Distribution.at(Installation.find().home(), Version.number());
      return new Plan(distribution, on.directory(), javaHome, Optional.ofNullable(files), all);
    } catch (IOException unreadable) {
      throw CommandException.failed("this distribution cannot be read: " + unreadable);
    }
  }

  private static void endAtOnce(Fleet fleet) {
    fleet.stop();
    try {
      fleet.await(HASTE);
    } catch (InterruptedException halting) {
      Thread.currentThread().interrupt();
    }
  }
}
