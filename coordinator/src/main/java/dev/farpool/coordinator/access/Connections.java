package dev.farpool.coordinator.access;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Finds out once for each connection who is at its other end, and counts them: gRPC has no limit of
 * its own. Calls of those beyond the limits are refused by the {@link Gate}. Thread-safe.
 */
public final class Connections extends ServerTransportFilter {
  /** A worker has two; ten thousand of them are more than a coordinator bears. */
  private static final int MOST = 20_000;

  /** Many clients and workers may share a host, or an address in front of their network. */
  private static final int MOST_OF_AN_ADDRESS = 5_000;

  private final AtomicInteger open = new AtomicInteger();
  private final Map<InetAddress, Integer> ofAddress = new ConcurrentHashMap<>();

  @Override
  public Attributes transportReady(Attributes attributes) {
    InetAddress address = address(attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
    boolean excess = open.incrementAndGet() > MOST;
    if (address != null) {
      excess |= ofAddress.merge(address, 1, Integer::sum) > MOST_OF_AN_ADDRESS;
    }
    Peer peer = new Peer(address, certificate(attributes), excess);
    return attributes.toBuilder().set(Peer.KEY, peer).build();
  }

  @Override
  public void transportTerminated(Attributes attributes) {
    Peer peer = attributes == null ? null : attributes.get(Peer.KEY);
    if (peer == null) {
      return; // It failed before it was ready.
    }
    open.decrementAndGet();
    if (peer.address != null) {
      ofAddress.computeIfPresent(peer.address, (key, count) -> count == 1 ? null : count - 1);
    }
  }

  private static InetAddress address(SocketAddress remote) {
    return remote instanceof InetSocketAddress internet ? internet.getAddress() : null;
  }

  private static Optional<CertificateIdentity> certificate(Attributes attributes) {
    SSLSession session = attributes.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
    if (session == null) {
      return Optional.empty();
    }
    try {
      return session.getPeerCertificates()[0] instanceof X509Certificate own
          ? CertificateIdentity.of(own)
          : Optional.empty();
    } catch (SSLPeerUnverifiedException none) {
      return Optional.empty(); // None was asked for.
    }
  }

  /** How many are open. */
  int count() {
    return open.get();
  }
}
