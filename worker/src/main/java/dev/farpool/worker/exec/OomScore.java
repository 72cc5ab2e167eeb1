package dev.farpool.worker.exec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the kernel choose an executor rather than its agent when memory runs out: killing one costs
 * a task, killing the other costs all of them.
 */
final class OomScore {
  private static final Logger log = LoggerFactory.getLogger(OomScore.class);
  private static final int ABOVE_AGENT = 500;
  private static final int MOST = 1000;

  private OomScore() {}

  /** Raises the score of a process; what it starts from now on inherits it. */
  static void raise(long pid) {
    try {
      int own = Integer.parseInt(Files.readString(file("self")).strip());
      Files.writeString(
          file(Long.toString(pid)), Integer.toString(Math.min(MOST, own + ABOVE_AGENT)));
    } catch (IOException | NumberFormatException notLinux) {
      // An advantage that is not to be had here, or the process has ended already.
      log.debug("event=oom_score_kept pid={} reason=\"{}\"", pid, notLinux.toString());
    }
  }

  private static Path file(String process) {
    return Path.of("/proc", process, "oom_score_adj");
  }
}
