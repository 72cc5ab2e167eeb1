package dev.farpool.executor.task;

/**
 * What came of a task that has no encoded result.
 *
 * @param kind one of {@code OutcomeKind}
 * @param message the serialized message
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and not copied on the way.
public record Outcome(byte kind, byte[] message) {}
