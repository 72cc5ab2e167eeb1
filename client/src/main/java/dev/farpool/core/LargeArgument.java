package dev.farpool.core;

import dev.farpool.v1.BlobRef;

/**
 * Arguments that travel as a blob. Their bytes are kept until the task has its outcome, as a lost
 * coordinator may have had the only copy.
 *
 * @param blob their name
 * @param bytes not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record LargeArgument(BlobRef blob, byte[] bytes) {}
