package dev.farpool.cli;

import dev.farpool.cli.hosts.Departure;
import dev.farpool.cli.hosts.HostLine;
import dev.farpool.common.DaemonThreads;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops the workers that {@code farpool up --detach} has left running. */
@Command(
    name = "down",
    header = "Stops the workers that farpool up --detach has left running.",
    description =
        "Lets each finish what it runs, for as long as its --drain-timeout allows, and waits for"
            + " that. The exit code is 1 if a host could not be reached.",
    footer = {"Example:", "  farpool down --hosts hosts.txt"})
final class DownCommand implements Callable<Integer> {
  private static final int AT_A_TIME = 64;

  @Mixin private HostsOption on;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    List<HostLine> hosts = on.hosts();
    HostsReport report = new HostsReport(spec.commandLine(), hosts, "");
    Departure departure = new Departure(on.ssh(), on.directory());
    List<Callable<Void>> stops = new ArrayList<>();
    hosts.forEach(host -> stops.add(() -> stop(departure, host, report)));
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.min(AT_A_TIME, hosts.size()), new DaemonThreads("farpool-host-"));
    threads.invokeAll(stops);
    threads.shutdown();
    threads.awaitTermination(1, TimeUnit.SECONDS);
    return report.failures() > 0 ? 1 : 0;
  }

  private static Void stop(Departure departure, HostLine host, HostsReport report)
      throws InterruptedException {
    try {
      report.told(host, departure.stop(host));
    } catch (IOException failed) {
      report.failed(host, failed.getMessage());
    }
    return null;
  }
}
