package dev.farpool.simulation.work;

import dev.farpool.common.Durations;
import dev.farpool.v1.TaskOptions;
import java.time.Duration;

/**
 * What a user asks for besides running a task.
 *
 * @param cores how many slots it takes
 * @param atMostOnce whether its code must not be started twice
 * @param maxAttempts how often it is tried; 0 for the default
 * @param timeoutMillis how long an attempt may run; 0 for no limit
 * @param queueTimeoutMillis how long it may wait; 0 for no limit
 * @param label what the worker's label {@code kind} must be; empty for any
 */
public record TaskTerms(
    int cores,
    boolean atMostOnce,
    int maxAttempts,
    int timeoutMillis,
    int queueTimeoutMillis,
    String label) {

  /** The name of the label that tasks ask for. */
  public static final String LABEL = "kind";

  /** A label that no worker has. */
  public static final String NOWHERE = "nowhere";

  /** What is right for most. */
  public static final TaskTerms PLAIN = new TaskTerms(1, false, 0, 0, 0, "");

  /** The terms in the words of the contract. */
  public TaskOptions options() {
    TaskOptions.Builder options =
        TaskOptions.newBuilder()
            .setCores(cores)
            .setAtMostOnce(atMostOnce)
            .setMaxAttempts(maxAttempts);
    if (timeoutMillis > 0) {
      options.setTimeout(Durations.toMessage(Duration.ofMillis(timeoutMillis)));
    }
    if (queueTimeoutMillis > 0) {
      options.setQueueTimeout(Durations.toMessage(Duration.ofMillis(queueTimeoutMillis)));
    }
    return label.isEmpty() ? options.build() : options.putLabels(LABEL, label).build();
  }
}
