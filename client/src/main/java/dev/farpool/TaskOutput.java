package dev.farpool;

import java.util.OptionalLong;

/**
 * Something a task printed.
 *
 * @param task the index of the task in its pool, in the order of submission; empty for what an
 *     executor printed between tasks
 * @param standardError whether it went to standard error
 * @param bytes whole lines, but for the last line of a task and very long ones; as they were
 *     printed, usually UTF-8
 * @param dropped how many bytes were left out before, because they came faster than they were read
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record TaskOutput(OptionalLong task, boolean standardError, byte[] bytes, long dropped) {}
