package dev.farpool.worker.exec;

import dev.farpool.worker.exec.cgroup.Bounds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * As whom executors run and within which limits: what is put before their command, and how they
 * reach the files they need. Thread-safe.
 *
 * <p>Processes of another user cannot be killed by a worker that is not root, nor its files be
 * given to them, so an executor user needs a worker that is.
 */
public final class Isolation {
  /** Executors run as the worker's user, within its limits. */
  public static final Isolation NONE = new Isolation(Optional.empty(), new TreeMap<>());

  /** No rights beyond the user's own, and no way to gain any: setuid programs gain none either. */
  private static final List<String> UNPRIVILEGED =
      List.of("--clear-groups", "--no-new-privs", "--inh-caps=-all", "--bounding-set=-all");

  /** Its owner may have closed directories to himself. */
  private static final String EMPTY = "chmod -R u+rwx -- \"$1\" && find \"$1\" -mindepth 1 -delete";

  private final Optional<ExecutorUser> user;
  private final TreeMap<String, Long> limits;

  private Isolation(Optional<ExecutorUser> user, TreeMap<String, Long> limits) {
    this.user = user;
    this.limits = limits;
  }

  /**
   * What is asked for, tried out.
   *
   * @param user the name of a user of this host; empty for the worker's own
   * @param limits by the names that {@code prlimit} has for them, or those of {@link Bounds}
   * @throws IllegalArgumentException if it cannot be had here; the text says why
   */
  public static Isolation of(String user, Map<String, Long> limits) {
    Optional<ExecutorUser> found =
        user.isEmpty() ? Optional.empty() : Optional.of(ExecutorUser.find(user));
    Isolation isolation = new Isolation(found, new TreeMap<>(limits));
    if (isolation.isSome()) {
      isolation.tryOut("-x", ExecutorCommand.JAVA);
      isolation.tryOut("-r", ExecutorCommand.runtime());
    }
    return isolation;
  }

  private boolean isSome() {
    return !prefix().isEmpty();
  }

  /** Fails unless executors can pass through this directory. */
  public void check(Path directory) {
    if (user.isPresent()) {
      tryOut("-x", directory);
    }
  }

  private void tryOut(String test, Path file) {
    List<String> command = new ArrayList<>(prefix());
    command.addAll(List.of("test", test, file.toString()));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalArgumentException(
            words.isBlank()
                ? "executors cannot use "
                    + file
                    + " as "
                    + user.map(ExecutorUser::name).orElse("they are")
                    + "; it and the directories above it must be open to them"
                : "executors cannot be confined: " + words.strip());
      }
    } catch (IOException missing) {
      throw new IllegalArgumentException(
          "executors cannot be confined: " + missing.getMessage() + "; install util-linux",
          missing);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalArgumentException("interrupted while trying out how executors start");
    }
  }

  /** What comes before the command of an executor. */
  List<String> prefix() {
    List<String> prefix = new ArrayList<>();
    limits.forEach(
        (name, limit) -> {
          if (!Bounds.isName(name)) {
            prefix.add("--" + name + "=" + limit);
          }
        });
    if (!prefix.isEmpty()) {
      prefix.add(0, "prlimit");
    }
    user.ifPresent(
        who -> {
          prefix.addAll(List.of("setpriv", "--reuid=" + who.uid(), "--regid=" + who.gid()));
          prefix.addAll(UNPRIVILEGED);
        });
    return prefix;
  }

  /** What programs expect to find of their user. */
  void setEnvironment(Map<String, String> environment) {
    user.ifPresent(
        who -> {
          environment.put("USER", who.name());
          environment.put("LOGNAME", who.name());
          environment.put("HOME", who.home());
        });
  }

  /** How executors run, for those who look for a worker: labels of it. */
  public Map<String, String> labels() {
    Map<String, String> labels = new TreeMap<>();
    user.ifPresent(who -> labels.put("executor-user", who.name()));
    if (!limits.isEmpty()) {
      labels.put(
          "executor-limits",
          limits.entrySet().stream()
              .map(limit -> limit.getKey() + ":" + limit.getValue())
              .collect(Collectors.joining(" ")));
    }
    return labels;
  }

  /** Lets executors, and nobody else, pass through a directory of this worker alone. */
  public void admit(Path directory) throws IOException {
    if (user.isPresent()) {
      Files.setAttribute(directory, "unix:gid", user.get().gid());
      setMode(directory, "rwx--x---");
    }
  }

  /** Lets anybody who knows a name pass through a directory that several workers may share. */
  public void open(Path directory) throws IOException {
    if (user.isPresent()) {
      setMode(directory, "rwx--x--x");
    }
  }

  /** Lets executors read a file, in a directory they can pass through. */
  void show(Path file) throws IOException {
    if (user.isPresent()) {
      setMode(file, "rw-r--r--");
    }
  }

  /** Gives executors a file or directory. */
  void give(Path file) throws IOException {
    if (user.isPresent()) {
      Files.setAttribute(file, "unix:uid", user.get().uid());
      Files.setAttribute(file, "unix:gid", user.get().gid());
    }
  }

  /**
   * Deletes a directory that was given, with the rights of its owner: he may be changing it under
   * our hands, and must not lead root to the files of others.
   */
  void deleteGiven(Path directory) throws IOException {
    if (user.isEmpty()) {
      return;
    }
    List<String> command = new ArrayList<>(prefix());
    command.addAll(List.of("sh", "-c", EMPTY, "sh", directory.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      process.waitFor();
    } catch (InterruptedException closing) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static void setMode(Path file, String mode) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }
}
