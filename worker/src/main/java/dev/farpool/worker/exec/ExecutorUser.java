package dev.farpool.worker.exec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A user of this host as whom executors run.
 *
 * @param name as it is known here
 * @param uid its number
 * @param gid the number of its group
 * @param home its home directory
 */
record ExecutorUser(String name, int uid, int gid, String home) {
  private static final int FIELDS = 7;
  private static final int UID = 2;
  private static final int GID = 3;
  private static final int HOME = 5;

  /**
   * Asks the system, which may ask others.
   *
   * @throws IllegalArgumentException if there is no such user, or this process is not root
   */
  static ExecutorUser find(String name) {
    String[] entry = lookUp(name).strip().split(":", -1);
    if (entry.length != FIELDS) {
      throw new IllegalArgumentException("there is no user " + name + " on this host");
    }
    int uid = Integer.parseInt(entry[UID]);
    if (!System.getProperty("user.name").equals("root")) {
      throw new IllegalArgumentException(
          "executors of user " + name + " need a worker that runs as root");
    }
    return new ExecutorUser(entry[0], uid, Integer.parseInt(entry[GID]), entry[HOME]);
  }

  private static String lookUp(String name) {
    try {
      Process getent = new ProcessBuilder("getent", "passwd", "--", name).start();
      getent.getOutputStream().close();
      return new String(getent.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException missing) {
      throw new IllegalArgumentException(
          "user " + name + " cannot be looked up: " + missing.getMessage(), missing);
    }
  }
}
