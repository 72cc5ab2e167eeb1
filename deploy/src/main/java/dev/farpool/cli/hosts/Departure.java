package dev.farpool.cli.hosts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Ends the worker that stayed on a host. */
public final class Departure {
  private final Ssh ssh;
  private final String directory;

  /**
   * @param directory the one its worker was started with
   */
  public Departure(Ssh ssh, String directory) {
    this.ssh = ssh;
    this.directory = directory;
  }

  /**
   * Lets it finish, and waits for that.
   *
   * @return what to tell
   * @throws IOException if the host cannot be reached; the message is for people
   */
  public String stop(HostLine host) throws IOException, InterruptedException {
    List<String> arguments = List.of(Plan.place(directory), host.name());
    Process process =
        new ProcessBuilder(ssh.command(host.host(), Scripts.STOP, arguments))
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String last = words.strip().substring(words.strip().lastIndexOf('\n') + 1);
    int code = process.waitFor();
    if (code == Ssh.FAILED) {
      throw new IOException("ssh cannot reach it: " + last);
    }
    if (code != 0) {
      throw new IOException(last.isEmpty() ? "exit code " + code : last);
    }
    return last;
  }
}
