package dev.farpool.cli.hosts;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One worker on one host, from the first connection to its end. Its thread is in {@link #run};
 * {@link #stop} is for others.
 */
final class RemoteWorker {
  private static final String ATTACHED = ", attached to ";

  private final HostLine host;
  private final Plan plan;
  private final Ssh ssh;
  private final Copier copier;
  private final Progress progress;
  private Process process;
  private boolean stopping;
  private boolean attached;
  private String last = "";

  RemoteWorker(HostLine host, Plan plan, Ssh ssh, Copier copier, Progress progress) {
    this.host = host;
    this.plan = plan;
    this.ssh = ssh;
    this.copier = copier;
    this.progress = progress;
  }

  /** Runs a worker that ends when this process does; returns at its end. */
  void run() throws InterruptedException {
    if (attempt(Scripts.RUN, plan.options(host))) {
      progress.ended(host);
    }
  }

  /** Starts a worker that stays; returns when it is attached. */
  void leave() throws InterruptedException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of(Plan.place(plan.directory()), host.name()));
    arguments.addAll(plan.options(host));
    attempt(Scripts.LEAVE, arguments);
  }

  /** Whether it ended in good order; if not, that was told. */
  private boolean attempt(String script, List<String> arguments) throws InterruptedException {
    try {
      copier.copyFiles(host);
      int code = start(script, arguments);
      if (code == Scripts.NOT_THERE && !isStopping()) {
        progress.told(host, "copying " + plan.size());
        copier.copy(host);
        code = isStopping() ? 0 : start(script, arguments);
      }
      if (code == 0 || (isStopping() && !attached)) {
        return true;
      }
      progress.failed(host, reason(code));
    } catch (IOException failed) {
      progress.failed(host, failed.getMessage());
    }
    return false;
  }

  private int start(String script, List<String> options) throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(List.of(plan.home(), plan.javaHome(), plan.files(host)));
    arguments.addAll(options);
    Process started =
        new ProcessBuilder(ssh.command(host.host(), script, arguments))
            .redirectErrorStream(true)
            .start();
    take(started);
    try (BufferedReader lines = started.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        listen(line);
      }
    }
    return started.waitFor();
  }

  private void listen(String line) {
    String own = "farpool worker " + host.name() + ": ";
    last = line.startsWith(own) ? line.substring(own.length()) : line;
    if (attached) {
      progress.told(host, last);
    } else if (last.contains(ATTACHED)) {
      attached = true;
      progress.attached(host, last);
    }
  }

  private String reason(int code) {
    if (code != Ssh.FAILED) {
      return last.isEmpty() ? "exit code " + code : last;
    }
    return attached
        ? "ssh has lost it (" + last + "); its worker finishes its tasks and ends by itself"
        : "ssh cannot reach it: " + last;
  }

  private synchronized void take(Process started) {
    process = started;
    if (stopping) {
      tellToStop();
    }
  }

  private synchronized boolean isStopping() {
    return stopping;
  }

  /** Lets the worker finish what it runs; a second time, ends that at once. */
  synchronized void stop() {
    stopping = true;
    if (process != null) {
      tellToStop();
    }
  }

  private void tellToStop() {
    try {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    } catch (IOException itHasEnded) {
      return; // Its own thread tells how.
    }
  }
}
