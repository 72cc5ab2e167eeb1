package dev.farpool.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A coordinator and a worker as child processes. Closing it stops them, the youngest first. */
final class DemoCluster implements AutoCloseable {
  private static final String READY = "listening on ";
  private static final long STOP_SECONDS = 10;

  private final Installation installation;
  private final Map<String, String> environment;
  private final Deque<Process> processes = new ArrayDeque<>();
  private boolean closed;

  /**
   * With nothing started yet.
   *
   * @param environment of all processes, besides that of this one
   */
  DemoCluster(Installation installation, Map<String, String> environment) {
    this.installation = installation;
    this.environment = Map.copyOf(environment);
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
  int runProgram(String mainClass, String coordinator) throws IOException, InterruptedException {
    ProcessBuilder builder = builder(installation.java(mainClass)).inheritIO();
    builder.environment().put("FARPOOL_COORDINATOR", coordinator);
    return begin(builder).waitFor();
  }

  /**
   * Runs a subcommand to its end, quietly.
   *
   * @throws CommandException if it fails
   */
  void runCommand(String command, String... options) throws IOException, InterruptedException {
    ProcessBuilder builder = launch(command, options).redirectOutput(Redirect.DISCARD);
    if (begin(builder).waitFor() != 0) {
      throw CommandException.failed("farpool " + command + " failed; its message is above");
    }
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
    Process process = begin(launch(command, options));
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String ready = output.readLine();
    if (ready == null) {
      throw CommandException.failed("the " + command + " did not start; its message is above");
    }
    return ready;
  }

  private ProcessBuilder launch(String command, String... options) {
    List<String> words = new ArrayList<>(List.of(installation.launcher(), command));
    words.addAll(List.of(options));
    ProcessBuilder builder = builder(words).redirectError(Redirect.INHERIT);
    builder.environment().put("FARPOOL_LOG_LEVEL", "WARN");
    return builder;
  }

  /** Without this terminal's credentials: they are for another cluster. */
  private ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("FARPOOL_(TLS_.*|TOKENS|TOKEN_FILE)"));
    builder.environment().putAll(environment);
    return builder;
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
