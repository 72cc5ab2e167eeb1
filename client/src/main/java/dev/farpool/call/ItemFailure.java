package dev.farpool.call;

/**
 * What one item of a chunk threw.
 *
 * @param className the exception's class
 * @param message its message, or an empty text
 * @param stackTrace its stack as text
 * @param host where it happened
 * @param pid in which process
 * @param exception the encoded exception, or empty if it is not serializable
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record ItemFailure(
    String className, String message, String stackTrace, String host, long pid, byte[] exception) {}
