package dev.farpool;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A future whose dependents never run in the common pool. */
final class ResultStage<R> extends CompletableFuture<R> {
  private final Executor executor;

  ResultStage(Executor executor) {
    this.executor = executor;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new ResultStage<>(executor);
  }

  @Override
  public Executor defaultExecutor() {
    return executor;
  }
}
