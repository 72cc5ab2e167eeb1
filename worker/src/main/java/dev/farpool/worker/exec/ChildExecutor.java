package dev.farpool.worker.exec;

import dev.farpool.executor.Launch;
import dev.farpool.worker.exec.cgroup.ExecutorCgroup;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the agent knows of one executor process.
 *
 * <p>Thread-safe: each field has one writer, named at its setter.
 */
final class ChildExecutor {
  private final long id;
  private final String mark;
  private final Path directory;
  private final StderrTail stderr = new StderrTail();
  private volatile Process process;
  private volatile ExecutorCgroup cgroup = ExecutorCgroup.NONE;
  private volatile boolean killed;
  private volatile boolean goodbye;
  private volatile int goodbyeSignal;
  private volatile Connection tasks;
  private volatile Connection control;
  private final AtomicInteger missing = new AtomicInteger(3);

  ChildExecutor(long id, String mark, Path directory) {
    this.id = id;
    this.mark = mark;
    this.directory = directory;
  }

  long id() {
    return id;
  }

  /** Marks its processes, and is its secret on the socket. */
  String mark() {
    return mark;
  }

  /** Its private directory, deleted with it. */
  Path directory() {
    return directory;
  }

  Path claims() {
    return directory.resolve("claims");
  }

  /** Where a spare expects the code of its pool. */
  Path code() {
    return directory.resolve("code.jar");
  }

  Path workingDirectory() {
    return directory.resolve(Launch.WORK);
  }

  StderrTail stderr() {
    return stderr;
  }

  /** Null until it was started. */
  Process process() {
    return process;
  }

  /** By the starter. */
  void started(Process started) {
    process = started;
  }

  /** One that means nothing until it was made. */
  ExecutorCgroup cgroup() {
    return cgroup;
  }

  /** By the starter. */
  void join(ExecutorCgroup made) {
    cgroup = made;
  }

  boolean isKilled() {
    return killed;
  }

  /** By the agent: it is to be killed, also if it has not been started yet. */
  void kill() {
    killed = true;
  }

  boolean goodbye() {
    return goodbye;
  }

  int goodbyeSignal() {
    return goodbyeSignal;
  }

  /** By the selector's thread. */
  void saidGoodbye(int signal) {
    goodbyeSignal = signal;
    goodbye = true;
  }

  /** To be asked once after each of {@link #started} and both {@link #connected}; true at last. */
  boolean isComplete() {
    return missing.decrementAndGet() == 0;
  }

  /** Null until it has connected. */
  Connection tasks() {
    return tasks;
  }

  /** Null until it has connected. */
  Connection control() {
    return control;
  }

  /** By the selector's thread. */
  void connected(Connection taskChannel, Connection controlChannel) {
    tasks = taskChannel == null ? tasks : taskChannel;
    control = controlChannel == null ? control : controlChannel;
  }
}
