package dev.farpool.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A coordinator and a worker as child processes. Closing it stops them, the youngest first. */
final class DemoCluster implements AutoCloseable {
  private static final String READY = "listening on ";
  private static final long STOP_SECONDS = 10;

  private final Installation installation;
  private final Deque<Process> processes = new ArrayDeque<>();
  private boolean closed;

  DemoCluster(Installation installation) {
    this.installation = installation;
  }

  /** Starts the coordinator on a free port and tells its address. */
  String startCoordinator() throws IOException {
    String ready = start("coordinator", "--listen", "127.0.0.1:0", "--console", "off");
    return ready.substring(ready.indexOf(READY) + READY.length());
  }

  /** Starts a worker and waits until it is attached. */
  void startWorker(String coordinator) throws IOException {
    start("worker", "--coordinator", coordinator, "--cores", "2", "--name", "demo");
  }

  /** Runs a program with our standard streams to its end and gives its exit code. */
  int runProgram(String mainClass, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(installation.java(mainClass)).inheritIO();
    forgetCredentials(builder.environment());
    builder.environment().putAll(environment);
    return begin(builder).waitFor();
  }

  @Override
  public synchronized void close() {
    closed = true;
    while (!processes.isEmpty()) {
      stop(processes.pop());
    }
  }

  /** Starts a subcommand and gives its ready line, the only one it prints. */
  private String start(String command, String... options) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(installation.launcher(), command);
    builder.command().addAll(List.of(options));
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    forgetCredentials(builder.environment());
    builder.environment().put("FARPOOL_LOG_LEVEL", "WARN");
    Process process = begin(builder);
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String ready = output.readLine();
    if (ready == null) {
      throw CommandException.failed("the " + command + " did not start; its message is above");
    }
    return ready;
  }

  /** Those of this terminal are for another cluster. */
  private static void forgetCredentials(Map<String, String> environment) {
    environment.keySet().removeIf(name -> name.matches("FARPOOL_(TLS_.*|TOKENS|TOKEN_FILE)"));
  }

  private synchronized Process begin(ProcessBuilder builder) throws IOException {
    if (closed) {
      throw CommandException.failed("interrupted");
    }
    Process process = builder.start();
    processes.push(process);
    return process;
  }

  private static void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(STOP_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
