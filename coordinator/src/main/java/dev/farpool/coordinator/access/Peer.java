package dev.farpool.coordinator.access;

import io.grpc.Attributes;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The other end of a connection. Thread-safe. */
final class Peer {
  static final Attributes.Key<Peer> KEY = Attributes.Key.create("farpool-peer");

  final InetAddress address;

  /** Whom its certificate names. */
  final Optional<CertificateIdentity> certificate;

  /** Whether there are too many connections beside it. */
  final boolean excess;

  private final AtomicBoolean told = new AtomicBoolean();

  Peer(InetAddress address, Optional<CertificateIdentity> certificate, boolean excess) {
    this.address = address;
    this.certificate = certificate;
    this.excess = excess;
  }

  /** Whether this is its first refusal: one line a connection is enough for a log. */
  boolean isNews() {
    return told.compareAndSet(false, true);
  }

  /** Its address, for people. */
  String text() {
    return address == null ? "unknown" : address.getHostAddress();
  }
}
