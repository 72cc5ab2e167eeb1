package dev.farpool.core;

import dev.farpool.v1.BlobRef;
import dev.farpool.v1.ExitStatus;
import dev.farpool.v1.Failure;

/** What came of a task, not yet decoded. */
public sealed interface Outcome {
  /**
   * A result in the encoding of the pool's codec.
   *
   * @param bytes not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Encoded(byte[] bytes) implements Outcome {}

  /**
   * A large result.
   *
   * @param blob where its bytes are
   */
  record Blob(BlobRef blob) implements Outcome {}

  /**
   * The end of a process.
   *
   * @param status how it ended
   */
  record Exited(ExitStatus status) implements Outcome {}

  /**
   * No result, as the coordinator tells.
   *
   * @param failure why
   */
  record Failed(Failure failure) implements Outcome {}

  /**
   * No result, for a reason on this side.
   *
   * @param cause why
   */
  record Refused(Throwable cause) implements Outcome {}
}
