package dev.farpool.scale.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A process of ours that talks by lines. It does not outlive this one. */
final class Child implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 20;

  private final Process process;
  private final BufferedReader out;
  private final Thread lastResort;

  Child(ProcessBuilder builder) throws IOException {
    process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    out = process.inputReader();
    lastResort = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(lastResort);
  }

  /** Its next line of standard output. */
  String readLine() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the process has ended: " + process);
    }
    return line;
  }

  /** Gives it a line of standard input and waits for one of its output. */
  String ask(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    return readLine();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Asks it to stop, and makes it stop when it does not. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException hurry) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().removeShutdownHook(lastResort);
  }
}
