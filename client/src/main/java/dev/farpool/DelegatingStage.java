package dev.farpool;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/** A completion stage that is made when it is first asked for: most results never are. */
abstract class DelegatingStage<R> implements CompletionStage<R> {
  /** The stage to go on from. */
  abstract CompletableFuture<R> stage();

  @Override
  public <U> CompletionStage<U> thenApply(Function<? super R, ? extends U> next) {
    return stage().thenApply(next);
  }

  @Override
  public <U> CompletionStage<U> thenApplyAsync(Function<? super R, ? extends U> next) {
    return stage().thenApplyAsync(next);
  }

  @Override
  public <U> CompletionStage<U> thenApplyAsync(
      Function<? super R, ? extends U> next, Executor executor) {
    return stage().thenApplyAsync(next, executor);
  }

  @Override
  public CompletionStage<Void> thenAccept(Consumer<? super R> next) {
    return stage().thenAccept(next);
  }

  @Override
  public CompletionStage<Void> thenAcceptAsync(Consumer<? super R> next) {
    return stage().thenAcceptAsync(next);
  }

  @Override
  public CompletionStage<Void> thenAcceptAsync(Consumer<? super R> next, Executor executor) {
    return stage().thenAcceptAsync(next, executor);
  }

  @Override
  public CompletionStage<Void> thenRun(Runnable next) {
    return stage().thenRun(next);
  }

  @Override
  public CompletionStage<Void> thenRunAsync(Runnable next) {
    return stage().thenRunAsync(next);
  }

  @Override
  public CompletionStage<Void> thenRunAsync(Runnable next, Executor executor) {
    return stage().thenRunAsync(next, executor);
  }

  @Override
  public <U, V> CompletionStage<V> thenCombine(
      CompletionStage<? extends U> other, BiFunction<? super R, ? super U, ? extends V> next) {
    return stage().thenCombine(other, next);
  }

  @Override
  public <U, V> CompletionStage<V> thenCombineAsync(
      CompletionStage<? extends U> other, BiFunction<? super R, ? super U, ? extends V> next) {
    return stage().thenCombineAsync(other, next);
  }

  @Override
  public <U, V> CompletionStage<V> thenCombineAsync(
      CompletionStage<? extends U> other,
      BiFunction<? super R, ? super U, ? extends V> next,
      Executor executor) {
    return stage().thenCombineAsync(other, next, executor);
  }

  @Override
  public <U> CompletionStage<Void> thenAcceptBoth(
      CompletionStage<? extends U> other, BiConsumer<? super R, ? super U> next) {
    return stage().thenAcceptBoth(other, next);
  }

  @Override
  public <U> CompletionStage<Void> thenAcceptBothAsync(
      CompletionStage<? extends U> other, BiConsumer<? super R, ? super U> next) {
    return stage().thenAcceptBothAsync(other, next);
  }

  @Override
  public <U> CompletionStage<Void> thenAcceptBothAsync(
      CompletionStage<? extends U> other,
      BiConsumer<? super R, ? super U> next,
      Executor executor) {
    return stage().thenAcceptBothAsync(other, next, executor);
  }

  @Override
  public CompletionStage<Void> runAfterBoth(CompletionStage<?> other, Runnable next) {
    return stage().runAfterBoth(other, next);
  }

  @Override
  public CompletionStage<Void> runAfterBothAsync(CompletionStage<?> other, Runnable next) {
    return stage().runAfterBothAsync(other, next);
  }

  @Override
  public CompletionStage<Void> runAfterBothAsync(
      CompletionStage<?> other, Runnable next, Executor executor) {
    return stage().runAfterBothAsync(other, next, executor);
  }

  @Override
  public <U> CompletionStage<U> applyToEither(
      CompletionStage<? extends R> other, Function<? super R, U> next) {
    return stage().applyToEither(other, next);
  }

  @Override
  public <U> CompletionStage<U> applyToEitherAsync(
      CompletionStage<? extends R> other, Function<? super R, U> next) {
    return stage().applyToEitherAsync(other, next);
  }

  @Override
  public <U> CompletionStage<U> applyToEitherAsync(
      CompletionStage<? extends R> other, Function<? super R, U> next, Executor executor) {
    return stage().applyToEitherAsync(other, next, executor);
  }

  @Override
  public CompletionStage<Void> acceptEither(
      CompletionStage<? extends R> other, Consumer<? super R> next) {
    return stage().acceptEither(other, next);
  }

  @Override
  public CompletionStage<Void> acceptEitherAsync(
      CompletionStage<? extends R> other, Consumer<? super R> next) {
    return stage().acceptEitherAsync(other, next);
  }

  @Override
  public CompletionStage<Void> acceptEitherAsync(
      CompletionStage<? extends R> other, Consumer<? super R> next, Executor executor) {
    return stage().acceptEitherAsync(other, next, executor);
  }

  @Override
  public CompletionStage<Void> runAfterEither(CompletionStage<?> other, Runnable next) {
    return stage().runAfterEither(other, next);
  }

  @Override
  public CompletionStage<Void> runAfterEitherAsync(CompletionStage<?> other, Runnable next) {
    return stage().runAfterEitherAsync(other, next);
  }

  @Override
  public CompletionStage<Void> runAfterEitherAsync(
      CompletionStage<?> other, Runnable next, Executor executor) {
    return stage().runAfterEitherAsync(other, next, executor);
  }

  @Override
  public <U> CompletionStage<U> thenCompose(
      Function<? super R, ? extends CompletionStage<U>> next) {
    return stage().thenCompose(next);
  }

  @Override
  public <U> CompletionStage<U> thenComposeAsync(
      Function<? super R, ? extends CompletionStage<U>> next) {
    return stage().thenComposeAsync(next);
  }

  @Override
  public <U> CompletionStage<U> thenComposeAsync(
      Function<? super R, ? extends CompletionStage<U>> next, Executor executor) {
    return stage().thenComposeAsync(next, executor);
  }

  @Override
  public <U> CompletionStage<U> handle(BiFunction<? super R, Throwable, ? extends U> next) {
    return stage().handle(next);
  }

  @Override
  public <U> CompletionStage<U> handleAsync(BiFunction<? super R, Throwable, ? extends U> next) {
    return stage().handleAsync(next);
  }

  @Override
  public <U> CompletionStage<U> handleAsync(
      BiFunction<? super R, Throwable, ? extends U> next, Executor executor) {
    return stage().handleAsync(next, executor);
  }

  @Override
  public CompletionStage<R> whenComplete(BiConsumer<? super R, ? super Throwable> next) {
    return stage().whenComplete(next);
  }

  @Override
  public CompletionStage<R> whenCompleteAsync(BiConsumer<? super R, ? super Throwable> next) {
    return stage().whenCompleteAsync(next);
  }

  @Override
  public CompletionStage<R> whenCompleteAsync(
      BiConsumer<? super R, ? super Throwable> next, Executor executor) {
    return stage().whenCompleteAsync(next, executor);
  }

  @Override
  public CompletionStage<R> exceptionally(Function<Throwable, ? extends R> next) {
    return stage().exceptionally(next);
  }

  /** A copy: completing it from outside changes nothing but the copy. */
  @Override
  public CompletableFuture<R> toCompletableFuture() {
    return stage().copy();
  }
}
