package dev.farpool;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * How tasks run. What is left unset falls to the options of the pool.
 *
 * <pre>{@code
 * pool.applyAsync(Seed::p1, TaskOptions.DEFAULTS.withTimeout(Duration.ofMinutes(5)).withCores(2));
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class TaskOptions {
  /** Nothing set. */
  public static final TaskOptions DEFAULTS =
      new TaskOptions(dev.farpool.v1.TaskOptions.getDefaultInstance());

  private static final int MAX_ATTEMPTS = 100;

  private final dev.farpool.v1.TaskOptions message;

  private TaskOptions(dev.farpool.v1.TaskOptions message) {
    this.message = message;
  }

  /**
   * With the longest time one attempt may run, from its start. Default: no limit.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public TaskOptions withTimeout(Duration timeout) {
    return new TaskOptions(
        message.toBuilder().setTimeout(Wire.positive(timeout, "timeout")).build());
  }

  /**
   * With the longest time a task may wait for its first start. Default: no limit.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public TaskOptions withQueueTimeout(Duration timeout) {
    return new TaskOptions(
        message.toBuilder().setQueueTimeout(Wire.positive(timeout, "queueTimeout")).build());
  }

  /**
   * With how often a task is tried when its process or worker is lost. Default: 3. Exceptions of
   * the task itself are answers and not tried again.
   *
   * @throws IllegalArgumentException if it is not 1 to 100
   */
  public TaskOptions withMaxAttempts(int attempts) {
    Wire.range(attempts, 1, MAX_ATTEMPTS, "maxAttempts");
    return new TaskOptions(message.toBuilder().setMaxAttempts(attempts).build());
  }

  /**
   * With how many cores of one worker a task takes. Default: 1.
   *
   * @throws IllegalArgumentException if it is not 1 to 100,000
   */
  public TaskOptions withCores(int cores) {
    Wire.range(cores, 1, 100_000, "cores");
    return new TaskOptions(message.toBuilder().setCores(cores).build());
  }

  /** With labels a worker must have to run the task, besides the pool's. */
  public TaskOptions withLabels(Map<String, String> labels) {
    Objects.requireNonNull(labels, "labels");
    return new TaskOptions(message.toBuilder().clearLabels().putAllLabels(labels).build());
  }

  /**
   * With the promise that the task's code is never started a second time, whatever is lost. Such
   * tasks are not sent ahead to workers, so that a lost worker takes none along that had not begun:
   * each waits for a round trip between coordinator and worker before it starts.
   */
  public TaskOptions atMostOnce() {
    return new TaskOptions(message.toBuilder().setAtMostOnce(true).build());
  }

  dev.farpool.v1.TaskOptions message() {
    return message;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TaskOptions that && message.equals(that.message);
  }

  @Override
  public int hashCode() {
    return message.hashCode();
  }
}
