package dev.farpool.cli.hosts;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Brings the distribution and other files to hosts, a few at a time. Thread-safe. */
final class Copier {
  private static final int AT_A_TIME = 8;

  private final Ssh ssh;
  private final Plan plan;
  private final Semaphore turns = new Semaphore(AT_A_TIME);

  Copier(Ssh ssh, Plan plan) {
    this.ssh = ssh;
    this.plan = plan;
  }

  /**
   * Copies the distribution to one host.
   *
   * @throws IOException if that did not work; the message is for people
   */
  void copy(HostLine host) throws IOException, InterruptedException {
    pipe(plan.distribution().pack(), host, Scripts.RECEIVE, plan.home());
  }

  /**
   * Copies the files of the plan, if it has some.
   *
   * @throws IOException if that did not work; the message is for people
   */
  void copyFiles(HostLine host) throws IOException, InterruptedException {
    if (plan.files().isPresent()) {
      List<String> pack = List.of("tar", "-C", plan.files().get().toString(), "-cf", "-", ".");
      pipe(pack, host, Scripts.RECEIVE_FILES, plan.files(host));
    }
  }

  private void pipe(List<String> pack, HostLine host, String script, String directory)
      throws IOException, InterruptedException {
    ProcessBuilder packing = new ProcessBuilder(pack).redirectError(Redirect.DISCARD);
    ProcessBuilder unpacking =
        new ProcessBuilder(ssh.command(host.host(), script, List.of(directory)))
            .redirectErrorStream(true);
    turns.acquire();
    try {
      List<Process> both = ProcessBuilder.startPipeline(List.of(packing, unpacking));
      Process last = both.get(1);
      String words = new String(last.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = last.waitFor();
      if (code != 0 || both.get(0).waitFor() != 0) {
        throw new IOException("its files could not be copied: " + lastLine(words, code));
      }
    } finally {
      turns.release();
    }
  }

  private static String lastLine(String words, int code) {
    String[] lines = words.strip().split("\n", -1);
    String last = lines[lines.length - 1].strip();
    return last.isEmpty() ? "exit code " + code : last;
  }
}
