package dev.farpool.coordinator.grpc;

import com.google.protobuf.Message;
import io.grpc.BindableService;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Refuses requests whose bytes are no message with {@code INVALID_ARGUMENT}. By itself gRPC would
 * let the exception out of the handler, into the transport's thread, and tell the peer {@code
 * UNKNOWN}.
 */
public final class UnreadableRequests {
  private UnreadableRequests() {}

  /** The same service, whose calls end properly when a request cannot be read. */
  public static BindableService refused(BindableService service) {
    ServerServiceDefinition all = service.bindService();
    List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
    ServiceDescriptor.Builder descriptor =
        ServiceDescriptor.newBuilder(all.getServiceDescriptor().getName())
            .setSchemaDescriptor(all.getServiceDescriptor().getSchemaDescriptor());
    for (ServerMethodDefinition<?, ?> method : all.getMethods()) {
      ServerMethodDefinition<?, ?> guarded = guarded(method);
      methods.add(guarded);
      descriptor.addMethod(guarded.getMethodDescriptor());
    }
    ServerServiceDefinition.Builder guarded = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(guarded::addMethod);
    ServerServiceDefinition built = guarded.build();
    return () -> built;
  }

  private static <Q, A> ServerMethodDefinition<Q, A> guarded(ServerMethodDefinition<Q, A> method) {
    MethodDescriptor<Q, A> descriptor = method.getMethodDescriptor();
    Reading<Q> reading = new Reading<>(descriptor.getRequestMarshaller());
    return ServerMethodDefinition.create(
        descriptor.toBuilder(reading, descriptor.getResponseMarshaller()).build(),
        (call, headers) -> {
          EndableCall<Q, A> endable = new EndableCall<>(call);
          ServerCall.Listener<Q> service =
              method.getServerCallHandler().startCall(endable, headers);
          return new Guard<>(endable, service, reading.unreadable);
        });
  }

  /** Gives a message that no peer can send for bytes that are none. */
  private static final class Reading<Q> implements Marshaller<Q> {
    private final Marshaller<Q> messages;
    private final Q unreadable;

    @SuppressWarnings("unchecked") // A message's builder builds messages of its type.
    Reading(Marshaller<Q> messages) {
      this.messages = messages;
      Message prototype = (Message) ((PrototypeMarshaller<Q>) messages).getMessagePrototype();
      this.unreadable = (Q) prototype.newBuilderForType().buildPartial();
    }

    @Override
    public InputStream stream(Q message) {
      return messages.stream(message);
    }

    @Override
    public Q parse(InputStream bytes) {
      try {
        return messages.parse(bytes);
      } catch (StatusRuntimeException garbage) {
        return unreadable;
      }
    }
  }

  /** A call that can be ended beside the service, which may be writing to it. Thread-safe. */
  private static final class EndableCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private boolean ended;

    EndableCall(ServerCall<Q, A> call) {
      super(call);
    }

    synchronized void end(String message) {
      if (!ended) {
        ended = true;
        super.close(Status.INVALID_ARGUMENT.withDescription(message), new Metadata());
      }
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
        super.close(status, trailers);
      }
    }
  }

  /** Ends a call at its first unreadable request; the service takes it for cancelled. */
  private static final class Guard<Q> extends SimpleForwardingServerCallListener<Q> {
    private final EndableCall<Q, ?> call;
    private final Q unreadable;
    private boolean ended;

    Guard(EndableCall<Q, ?> call, ServerCall.Listener<Q> service, Q unreadable) {
      super(service);
      this.call = call;
      this.unreadable = unreadable;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // It is this one object, whatever equals it.
    public void onMessage(Q message) {
      if (message == unreadable && !ended) {
        ended = true;
        String name = ((Message) message).getDescriptorForType().getFullName();
        call.end("the request must be a " + name + ", its bytes are none");
        super.onCancel();
      } else if (!ended) {
        super.onMessage(message);
      }
    }

    @Override
    public void onHalfClose() {
      if (!ended) {
        super.onHalfClose();
      }
    }

    @Override
    public void onCancel() {
      if (!ended) {
        super.onCancel();
      }
    }

    @Override
    public void onComplete() {
      if (!ended) {
        super.onComplete();
      }
    }

    @Override
    public void onReady() {
      if (!ended) {
        super.onReady();
      }
    }
  }
}
