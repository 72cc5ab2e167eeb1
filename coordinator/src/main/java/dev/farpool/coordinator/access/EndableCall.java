package dev.farpool.coordinator.access;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;

/** A call that can be ended beside the service, which may be writing to it. Thread-safe. */
public class EndableCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
  private boolean ended;
  private boolean closed;

  /** Stands in front of a call. */
  public EndableCall(ServerCall<Q, A> call) {
    super(call);
  }

  /** Ends it, unless it has ended; what the service still sends goes nowhere. */
  public final synchronized void end(Status status) {
    if (!ended && !closed) {
      ended = true;
      super.close(status, new Metadata());
    }
  }

  /** Whether it was ended beside the service. */
  final synchronized boolean isEnded() {
    return ended;
  }

  @Override
  public synchronized void sendHeaders(Metadata headers) {
    if (!ended) {
      super.sendHeaders(headers);
    }
  }

  @Override
  public synchronized void sendMessage(A message) {
    if (!ended) {
      super.sendMessage(message);
    }
  }

  @Override
  public synchronized void close(Status status, Metadata trailers) {
    if (!ended) {
      closed = true;
      super.close(status, trailers);
    }
  }
}
