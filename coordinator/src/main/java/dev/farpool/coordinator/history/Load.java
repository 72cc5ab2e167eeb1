package dev.farpool.coordinator.history;

/**
 * How much there is to do at one moment.
 *
 * @param waiting tasks that wait
 * @param running tasks that workers have
 * @param busy slots that are taken
 * @param cores slots that there are
 */
public record Load(long waiting, long running, long busy, long cores) {}
