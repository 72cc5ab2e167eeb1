package dev.farpool.core;

import java.util.List;

/**
 * What goes to the coordinator in one message.
 *
 * @param functions those that it has not been told of
 * @param batches with the same options, in order of index; at least one
 */
public record Request(List<PoolFunction> functions, List<Batch> batches) {}
