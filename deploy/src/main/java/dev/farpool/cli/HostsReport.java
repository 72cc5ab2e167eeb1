package dev.farpool.cli;

import dev.farpool.cli.hosts.HostLine;
import dev.farpool.cli.hosts.Progress;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;

/** Tells how the workers of the hosts are, a line for each thing that happens. Thread-safe. */
final class HostsReport implements Progress {
  private final PrintWriter out;
  private final PrintWriter err;
  private final Set<HostLine> unsettled;
  private final int hosts;
  private final String advice;
  private int attached;
  private int failed;

  /**
   * @param command whose output it is
   * @param advice how to stop the workers
   */
  HostsReport(CommandLine command, List<HostLine> hosts, String advice) {
    this.out = command.getOut();
    this.err = command.getErr();
    this.unsettled = new HashSet<>(hosts);
    this.hosts = hosts.size();
    this.advice = advice;
  }

  @Override
  public synchronized void told(HostLine host, String text) {
    out.println(host.name() + ": " + text);
    out.flush();
  }

  @Override
  public synchronized void attached(HostLine host, String text) {
    told(host, text);
    attached++;
    settle(host);
  }

  @Override
  public synchronized void ended(HostLine host) {
    told(host, "stopped");
    settle(host);
  }

  @Override
  public synchronized void failed(HostLine host, String reason) {
    err.println(host.name() + ": FAILED: " + reason);
    err.flush();
    failed++;
    settle(host);
  }

  /** Once it is known of every host whether its worker runs, a line sums it up. */
  private void settle(HostLine host) {
    if (unsettled.remove(host) && unsettled.isEmpty() && attached > 0) {
      out.println(
          attached + " of " + hosts + (hosts == 1 ? " worker runs; " : " workers run; ") + advice);
      out.flush();
    }
  }

  /** How many hosts had a failure. */
  synchronized int failures() {
    return failed;
  }
}
