package dev.farpool;

import java.io.Serializable;
import java.util.concurrent.Callable;

/**
 * A call without arguments that gives a result: what a lambda or method reference given to a pool
 * becomes.
 *
 * @param <R> the result's type; it must be {@code null}, primitive, or {@link Serializable}
 */
@FunctionalInterface
public interface SerializableCallable<R> extends Callable<R>, Serializable {}
