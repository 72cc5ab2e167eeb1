package dev.farpool.coordinator.grpc;

import com.google.protobuf.Message;
import dev.farpool.coordinator.access.EndableCall;
import io.grpc.BindableService;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
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
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what goes wrong in a call within that call. A request whose bytes are no message is refused
 * with {@code INVALID_ARGUMENT}; an exception out of a handler is logged and ends the call with
 * {@code INTERNAL}. By itself gRPC would let both out into the transport's thread, and tell the
 * peer {@code UNKNOWN}.
 */
public final class GuardedCalls {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedCalls.class);

  private GuardedCalls() {}

  /**
   * The same service, whose calls end properly whatever comes.
   *
   * @param stopped why no calls are served any more; null while they are
   */
  public static BindableService of(BindableService service, Supplier<String> stopped) {
    ServerServiceDefinition all = service.bindService();
    List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
    ServiceDescriptor.Builder descriptor =
        ServiceDescriptor.newBuilder(all.getServiceDescriptor().getName())
            .setSchemaDescriptor(all.getServiceDescriptor().getSchemaDescriptor());
    for (ServerMethodDefinition<?, ?> method : all.getMethods()) {
      ServerMethodDefinition<?, ?> guarded = guarded(method, stopped);
      methods.add(guarded);
      descriptor.addMethod(guarded.getMethodDescriptor());
    }
    ServerServiceDefinition.Builder guarded = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(guarded::addMethod);
    ServerServiceDefinition built = guarded.build();
    return () -> built;
  }

  private static <Q, A> ServerMethodDefinition<Q, A> guarded(
      ServerMethodDefinition<Q, A> method, Supplier<String> stopped) {
    MethodDescriptor<Q, A> descriptor = method.getMethodDescriptor();
    Reading<Q> reading = new Reading<>(descriptor.getRequestMarshaller());
    return ServerMethodDefinition.create(
        descriptor.toBuilder(reading, descriptor.getResponseMarshaller()).build(),
        (call, headers) -> {
          EndableCall<Q, A> endable = new EndableCall<>(call);
          String refusal = stopped.get();
          if (refusal != null) {
            endable.end(Status.UNAVAILABLE.withDescription(refusal));
            return new ServerCall.Listener<>() {};
          }
          try {
            ServerCall.Listener<Q> service =
                method.getServerCallHandler().startCall(endable, headers);
            return new Guard<>(endable, service, reading.unreadable);
          } catch (RuntimeException broken) {
            fail(endable, broken);
            return new ServerCall.Listener<>() {};
          }
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

  private static void fail(EndableCall<?, ?> call, RuntimeException broken) {
    String method = call.getMethodDescriptor().getFullMethodName();
    LOG.error("event=call_failed call={}", method, broken);
    call.end(Status.INTERNAL.withDescription("the coordinator failed in this call; see its log"));
  }

  /** Ends a call at the first thing that goes wrong; the service takes it for cancelled. */
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
        String name = ((Message) message).getDescriptorForType().getFullName();
        end(
            Status.INVALID_ARGUMENT.withDescription(
                "the request must be a " + name + ", its bytes are none"));
      } else {
        pass(() -> super.onMessage(message));
      }
    }

    @Override
    public void onHalfClose() {
      pass(super::onHalfClose);
    }

    @Override
    public void onReady() {
      pass(super::onReady);
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

    private void pass(Runnable event) {
      if (ended) {
        return;
      }
      try {
        event.run();
      } catch (RuntimeException broken) {
        fail(call, broken);
        end(Status.INTERNAL);
      }
    }

    private void end(Status status) {
      ended = true;
      call.end(status);
      super.onCancel();
    }
  }
}
