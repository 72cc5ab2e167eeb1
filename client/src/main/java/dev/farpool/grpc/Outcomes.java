package dev.farpool.grpc;

import dev.farpool.core.Outcome;
import dev.farpool.v1.ResultBlock;
import dev.farpool.v1.TaskResult;

/** From the contract's results to outcomes. */
final class Outcomes {
  /** What a method without a result gives: not worth an object for each task. */
  private static final Outcome NOTHING = new Outcome.Encoded(new byte[1]);

  private Outcomes() {}

  static Outcome of(ResultBlock block, int at, int size) {
    return size == 1 && block.getValues().byteAt(at) == 0
        ? NOTHING
        : new Outcome.Encoded(block.getValues().substring(at, at + size).toByteArray());
  }

  static Outcome of(TaskResult result) {
    return switch (result.getOutcomeCase()) {
      case ENCODED -> new Outcome.Encoded(result.getEncoded().toByteArray());
      case BLOB -> new Outcome.Blob(result.getBlob());
      case EXIT -> new Outcome.Exited(result.getExit());
      case FAILURE -> new Outcome.Failed(result.getFailure());
      case VALUE, OUTCOME_NOT_SET ->
          new Outcome.Refused(
              new IllegalStateException(
                  "the outcome of task " + result.getIndex() + " is of a kind unknown here"));
    };
  }
}
