package dev.farpool.coordinator.access;

import io.grpc.Contexts;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The streams that are open, so that they end when their callers' rights do. Thread-safe. */
final class LiveCalls {
  private final Map<EndableCall<?, ?>, Proof> calls = new ConcurrentHashMap<>();

  /**
   * How a caller has proven itself.
   *
   * @param principal as who
   * @param again the same, as of now
   */
  record Proof(Principal principal, Supplier<Optional<Principal>> again) {
    boolean holds() {
      return again.get().equals(Optional.of(principal));
    }
  }

  /** Has a stream handled on behalf of somebody. */
  <Q, A> ServerCall.Listener<Q> begin(
      Proof proof, ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> service) {
    EndableCall<Q, A> live = new EndableCall<>(call);
    calls.put(live, proof);
    return new Watched<>(
        live, Contexts.interceptCall(Caller.as(proof.principal), live, headers, service));
  }

  /** Ends those whose callers' proof holds no more. */
  void endUnproven(Status status) {
    calls.forEach(
        (call, proof) -> {
          if (!proof.holds()) {
            call.end(status);
          }
        });
  }

  int count() {
    return calls.size();
  }

  /** Takes a call off the list at its end; a service takes one that was ended for cancelled. */
  private final class Watched<Q> extends SimpleForwardingServerCallListener<Q> {
    private final EndableCall<Q, ?> call;

    Watched(EndableCall<Q, ?> call, ServerCall.Listener<Q> service) {
      super(service);
      this.call = call;
    }

    @Override
    public void onCancel() {
      calls.remove(call);
      super.onCancel();
    }

    @Override
    public void onComplete() {
      calls.remove(call);
      if (call.isEnded()) {
        super.onCancel();
      } else {
        super.onComplete();
      }
    }
  }
}
