package dev.farpool.simulation.net;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import java.util.function.IntConsumer;

/** The server's end of a call; as strict as gRPC's own about the order in which it is used. */
final class SimServerCall<Q, A> extends ServerCall<Q, A> implements Connection.End {
  private final Connection connection;
  private final MethodDescriptor<Q, A> method;
  private final long number;
  private Flow<Q> requests;
  private Flow<A> responses;
  private IntConsumer credits;
  private Listener<Q> listener;
  private boolean headersSent;
  private boolean closed;
  private boolean cancelled;

  SimServerCall(Connection connection, MethodDescriptor<Q, A> method) {
    this.connection = connection;
    this.method = method;
    this.number = connection.server().nextCall();
  }

  void connect(Flow<Q> requestFlow, Flow<A> responseFlow, IntConsumer requestCredits) {
    requests = requestFlow;
    responses = responseFlow;
    credits = requestCredits;
  }

  Flow<A> responses() {
    return responses;
  }

  Flow.Reader<Q> requestReader() {
    return new Requests();
  }

  /** The call has reached the server. */
  @SuppressWarnings("unchecked")
  void open() {
    connection.addServerEnd(this);
    ServerMethodDefinition<Q, A> definition =
        (ServerMethodDefinition<Q, A>) connection.server().method(method.getFullMethodName());
    if (definition == null) {
      responses.end(Status.UNIMPLEMENTED.withDescription(method.getFullMethodName()));
      return;
    }
    listener = definition.getServerCallHandler().startCall(this, new Metadata());
    ready();
  }

  void ready() {
    if (listener != null && !cancelled && !closed) {
      listener.onReady();
    }
  }

  private final class Requests implements Flow.Reader<Q> {
    @Override
    public void message(Q message) {
      if (!cancelled && !closed) {
        connection.link().timeline().note("heard", connection.client().name(), message);
        connection.server().wiretap().heard(number, message);
        listener.onMessage(message);
      }
    }

    @Override
    public void end(Status status) {
      if (!cancelled && !closed) {
        listener.onHalfClose();
      }
    }
  }

  /** The client has cancelled the call. */
  void cancelled() {
    if (!cancelled && listener != null) {
      cancelled = true;
      connection.removeServerEnd(this);
      requests.close();
      if (!closed) {
        listener.onCancel();
      }
    }
  }

  @Override
  public void lost(Status status) {
    cancelled();
  }

  @Override
  public void request(int count) {
    credits.accept(count);
  }

  @Override
  public void sendHeaders(Metadata headers) {
    if (headersSent || closed) {
      throw new IllegalStateException("sendHeaders has already been called, or the call is closed");
    }
    headersSent = true;
  }

  @Override
  public void sendMessage(A message) {
    if (!headersSent || closed) {
      throw new IllegalStateException(headersSent ? "call is closed" : "no headers were sent");
    }
    if (!cancelled) {
      connection.server().wiretap().said(number, message);
      responses.send(message);
    }
  }

  @Override
  public void close(Status status, Metadata trailers) {
    if (closed) {
      throw new IllegalStateException("call already closed");
    }
    closed = true;
    connection.removeServerEnd(this);
    if (!cancelled) {
      requests.close();
      responses.end(status);
      connection
          .link()
          .timeline()
          .after(0, () -> connection.server().process().run(() -> listener.onComplete()));
    }
  }

  @Override
  public boolean isReady() {
    return !closed && responses.isReady();
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public MethodDescriptor<Q, A> getMethodDescriptor() {
    return method;
  }
}
