package dev.farpool;

import dev.farpool.grpc.UnreachableException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** Where a thread of the program waits for an answer of the link, which comes within a bound. */
final class Answers {
  private Answers() {}

  /**
   * Waits.
   *
   * @throws ClusterUnreachableException if the coordinator did not answer
   * @throws ExecutionException if the link failed in another way
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  static <T> T await(CompletionStage<T> answer) throws InterruptedException, ExecutionException {
    try {
      return answer.toCompletableFuture().get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof UnreachableException nobody) {
        throw new ClusterUnreachableException(nobody.getMessage(), nobody);
      }
      throw failed;
    }
  }

  /** Waits for an answer that says whether something was done; false if interrupted. */
  static boolean isDone(CompletionStage<Boolean> answer) {
    try {
      return await(answer);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException failed) {
      throw new IllegalStateException("the link to the cluster failed", failed.getCause());
    }
  }

  /** Waits for the end of something that does not fail, unless interrupted: then it goes on. */
  static void finish(CompletionStage<Void> end) {
    isDone(end.thenApply(done -> true));
  }

  /** Waits for an explanation, which does not fail. */
  static String explanation(CompletionStage<String> explanation) throws InterruptedException {
    try {
      return await(explanation);
    } catch (ExecutionException failed) {
      throw new IllegalStateException("the link to the cluster failed", failed.getCause());
    }
  }
}
