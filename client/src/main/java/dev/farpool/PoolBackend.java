package dev.farpool;

import dev.farpool.call.CallWriter;
import dev.farpool.call.Definition;
import dev.farpool.core.Outcome;
import dev.farpool.core.TaskSink;
import dev.farpool.grpc.PoolLink;
import java.io.IOException;
import java.util.function.Function;

/** What the results of a pool share: their way back to bytes and to the cluster. */
final class PoolBackend {
  private final PoolLink link;
  private final CallbackThread callbacks;
  private final Failures failures;

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
