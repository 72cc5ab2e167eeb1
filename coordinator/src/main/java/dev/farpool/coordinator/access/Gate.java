package dev.farpool.coordinator.access;

import dev.farpool.common.security.BearerToken;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every call comes through here: who is it, and may that role call this method? It runs once for
 * each call, not for its messages. Thread-safe.
 */
public final class Gate implements ServerInterceptor {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  private static final Status NO_PROOF =
      Status.UNAUTHENTICATED.withDescription(
          "this coordinator wants to know who calls: make a token with \"farpool token create\" and"
              + " name its file with --token-file or FARPOOL_TOKEN_FILE, or use a client certificate"
              + " of \"farpool certs\"");

  private static final Status BAD_TOKEN =
      Status.UNAUTHENTICATED.withDescription(
          "the token is unknown, has expired, or was revoked; make another one with \"farpool token"
              + " create\"");

  private static final Status ENDED =
      Status.UNAUTHENTICATED.withDescription(
          "the token or certificate of this call has expired or was revoked");

  private static final Status EXCESS =
      Status.RESOURCE_EXHAUSTED.withDescription(
          "too many connections to this coordinator; share channels, or try again later");

  private final boolean closed;
  private final Optional<Authenticator> tokens;
  private final InstantSource wallClock;
  private final LiveCalls live = new LiveCalls();

  private Gate(boolean closed, Optional<Authenticator> tokens, InstantSource wallClock) {
    this.closed = closed;
    this.tokens = tokens;
    this.wallClock = wallClock;
  }

  /** Lets everybody in as {@link Principal#LOCAL}, to the methods of the table. */
  public static Gate open(InstantSource wallClock) {
    return new Gate(false, Optional.empty(), wallClock);
  }

  /**
   * Lets in who has a token, or without one a certificate that names somebody.
   *
   * @param wallClock tells which certificates have expired
   */
  public static Gate closed(Optional<Authenticator> tokens, InstantSource wallClock) {
    return new Gate(true, tokens, wallClock);
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> service) {
    String method = call.getMethodDescriptor().getFullMethodName();
    Peer peer = call.getAttributes().get(Peer.KEY);
    if (peer != null && peer.excess) {
      return refuse(call, peer, EXCESS);
    }
    Set<Role> roles = Permissions.of(method);
    if (Permissions.isOpen(method) || (!closed && !roles.isEmpty())) {
      return service.startCall(call, headers);
    }
    if (!closed) {
      return refuse(call, peer, denied(method, roles, Principal.LOCAL));
    }
    String header = headers.get(BearerToken.HEADER);
    Supplier<Optional<Principal>> proof = header == null ? byCertificate(peer) : byToken(header);
    Optional<Principal> caller = proof.get();
    if (caller.isEmpty()) {
      return refuse(call, peer, header == null ? NO_PROOF : BAD_TOKEN);
    }
    if (!roles.contains(caller.get().role())) {
      return refuse(call, peer, denied(method, roles, caller.get()));
    }
    return call.getMethodDescriptor().getType() == MethodType.UNARY
        ? Contexts.interceptCall(Caller.as(caller.get()), call, headers, service)
        : live.begin(new LiveCalls.Proof(caller.get(), proof), call, headers, service);
  }

  private Supplier<Optional<Principal>> byToken(String header) {
    Optional<String> token = BearerToken.in(header);
    return () -> tokens.flatMap(known -> token.flatMap(known::ofToken));
  }

  private Supplier<Optional<Principal>> byCertificate(Peer peer) {
    if (peer == null || peer.certificate.isEmpty()) {
      return Optional::empty;
    }
    return () -> peer.certificate.get().at(wallClock.instant());
  }

  private static Status denied(String method, Set<Role> roles, Principal caller) {
    String needed =
        roles.isEmpty()
            ? "no role may call it"
            : "it needs the role "
                + roles.stream().map(Role::text).collect(Collectors.joining(" or "));
    return Status.PERMISSION_DENIED.withDescription(
        String.format(
            "%s may not be called by %s, whose role is %s: %s",
            method, caller.name(), caller.role().text(), needed));
  }

  private static <Q> ServerCall.Listener<Q> refuse(
      ServerCall<Q, ?> call, Peer peer, Status status) {
    if (peer != null && peer.isNews()) {
      LOG.warn(
          "event=call_refused peer={} method={} code={} reason=\"{}\"",
          peer.text(),
          call.getMethodDescriptor().getFullMethodName(),
          status.getCode(),
          status.getDescription());
    }
    call.close(status, new Metadata());
    return new ServerCall.Listener<>() {};
  }

  /** Ends the streams of those whose token or certificate is valid no more. */
  public void endRevoked() {
    live.endUnproven(ENDED);
  }

  /** How many streams of known callers are open. */
  int streams() {
    return live.count();
  }
}
