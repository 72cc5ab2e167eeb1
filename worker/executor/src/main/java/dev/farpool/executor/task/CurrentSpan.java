package dev.farpool.executor.task;

import java.lang.reflect.Method;

/**
 * Lets spans that a task makes be children of the span it belongs to: where the task's own code
 * brings OpenTelemetry's API, that span is the current one while it runs. By reflection, as the
 * runtime has no libraries.
 */
public final class CurrentSpan {
  private static final String API = "io.opentelemetry.api.trace.";

  /** Null until it was looked for; without methods if it is not there. */
  private static CurrentSpan api;

  private final Method flags;
  private final Method state;
  private final Method remote;
  private final Method wrap;
  private final Method makeCurrent;

  private CurrentSpan() {
    flags = null;
    state = null;
    remote = null;
    wrap = null;
    makeCurrent = null;
  }

  private CurrentSpan(ClassLoader loader) throws ReflectiveOperationException {
    Class<?> span = Class.forName(API + "Span", true, loader);
    Class<?> context = Class.forName(API + "SpanContext", true, loader);
    Class<?> traceFlags = Class.forName(API + "TraceFlags", true, loader);
    Class<?> traceState = Class.forName(API + "TraceState", true, loader);
    flags = traceFlags.getMethod("fromByte", byte.class);
    state = traceState.getMethod("getDefault");
    remote =
        context.getMethod(
            "createFromRemoteParent", String.class, String.class, traceFlags, traceState);
    wrap = span.getMethod("wrap", context);
    makeCurrent = span.getMethod("makeCurrent");
  }

  /**
   * Makes a span the current one of this thread.
   *
   * @return to be given to {@link #end}; null where nothing was done
   */
  public static AutoCloseable begin(TaskTrace trace) {
    if (api == null) {
      api = find();
    }
    if (api.wrap == null) {
      return null;
    }
    try {
      return api.set(trace);
    } catch (ReflectiveOperationException | LinkageError other) {
      return null; // Another API than the one known here: the task runs all the same.
    }
  }

  private static CurrentSpan find() {
    try {
      return new CurrentSpan(ClassLoader.getSystemClassLoader());
    } catch (ReflectiveOperationException | LinkageError absent) {
      return new CurrentSpan();
    }
  }

  private AutoCloseable set(TaskTrace trace) throws ReflectiveOperationException {
    Object traceFlags = flags.invoke(null, trace.flags());
    Object context =
        remote.invoke(null, trace.traceId(), trace.spanId(), traceFlags, state.invoke(null));
    return (AutoCloseable) makeCurrent.invoke(wrap.invoke(null, context));
  }

  /** Makes the one before the current one again. */
  public static void end(AutoCloseable begun) {
    if (begun == null) {
      return;
    }
    try {
      begun.close();
    } catch (Exception broken) {
      return; // The library's own trouble is none of the task's.
    }
  }
}
