package dev.farpool.worker.core;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who a worker is, as it says at every registration.
 *
 * @param name unique in the cluster, 1 to 200 characters of {@code [A-Za-z0-9._-]}
 * @param instanceId a UUID made when the worker process started
 * @param host the host's name, for people
 * @param pid the worker's process id, for people
 * @param cores how many slots it offers
 * @param labels what tasks can ask for
 * @param version of the worker, for people
 */
public record Identity(
    String name,
    String instanceId,
    String host,
    long pid,
    int cores,
    Map<String, String> labels,
    String version) {

  /** Puts the labels in order, so that two workers with the same say the same. */
  public Identity {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
  }
}
