package dev.farpool;

import dev.farpool.call.CallWriter;
import dev.farpool.call.Definition;
import dev.farpool.core.Outcome;
import dev.farpool.core.TaskSink;
import dev.farpool.grpc.PoolLink;
import dev.farpool.trace.CallSpan;
import dev.farpool.trace.CallTracer;
import dev.farpool.trace.TracedSink;
import java.io.IOException;
import java.util.function.Function;

/** What the results of a pool share: their way back to bytes and to the cluster. */
final class PoolBackend {
  private final PoolLink link;
  private final CallbackThread callbacks;
  private final Failures failures;

  /** Null where the program has no OpenTelemetry. */
  private final CallTracer tracer = CallTracer.ofThisProgram();

  PoolBackend(PoolLink link, CallbackThread callbacks, Failures failures) {
    this.link = link;
    this.callbacks = callbacks;
    this.failures = failures;
  }

  PoolLink link() {
    return link;
  }

  CallbackThread callbacks() {
    return callbacks;
  }

  Failures failures() {
    return failures;
  }

  /**
   * Begins the span of a call.
   *
   * @param items how many it has; 0 for none
   * @return null where nobody wants it
   */
  CallSpan trace(String operation, int items) {
    return tracer == null ? null : tracer.begin(operation, link.spec().getName(), link.id(), items);
  }

  /**
   * Submits a call of one task, with a span of its own where one is wanted; otherwise as {@link
   * #submit}.
   */
  void submitTraced(
      String operation,
      Definition definition,
      TaskOptions options,
      CallWriter call,
      TaskSink sink) {
    CallSpan span = trace(operation, 0);
    if (span == null) {
      submit(definition, options, call, sink);
      return;
    }
    try {
      submit(definition, options, call, new TracedSink(sink, span));
    } catch (RuntimeException refused) {
      span.end(new Outcome.Refused(refused));
      throw refused;
    }
  }

  /**
   * Submits the call that was written last, and waits where {@link PoolLink#submit} does.
   *
   * @param definition of the function it calls
   */
  void submit(Definition definition, TaskOptions options, CallWriter call, TaskSink sink) {
    link.submit(definition, options.message(), call.buffer(), call.size(), sink);
  }

  /**
   * Decodes an outcome; never throws.
   *
   * @param decode from a result's bytes to the result
   */
  <R> Settled<R> settle(Outcome outcome, Function<byte[], R> decode) {
    try {
      if (outcome instanceof Outcome.Encoded encoded) {
        return Settled.of(decode.apply(encoded.bytes()));
      } else if (outcome instanceof Outcome.Blob blob) {
        return Settled.of(decode.apply(link.blobs().download(blob.blob())));
      }
      return Settled.failed(failure(outcome));
    } catch (ResultEncodingException unreadable) {
      return Settled.failed(unreadable);
    } catch (IOException | RuntimeException | StackOverflowError broken) {
      return Settled.failed(
          new ResultEncodingException("the result cannot be read: " + broken, broken));
    }
  }

  private Throwable failure(Outcome outcome) {
    if (outcome instanceof Outcome.Failed failed) {
      return failures.exception(failed.failure());
    } else if (outcome instanceof Outcome.Refused refused) {
      return refused.cause();
    }
    return new IllegalStateException("the task ended as a process, not as a call: " + outcome);
  }
}
