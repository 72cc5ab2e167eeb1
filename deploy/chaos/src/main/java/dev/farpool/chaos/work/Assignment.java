package dev.farpool.chaos.work;

import java.io.Serializable;

/**
 * What a task is to do.
 *
 * @param history the file to write its events to
 * @param id its name
 * @param millis how long it takes
 */
record Assignment(String history, String id, int millis) implements Serializable {}
