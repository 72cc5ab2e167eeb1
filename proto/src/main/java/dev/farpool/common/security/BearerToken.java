package dev.farpool.common.security;

import io.grpc.CallCredentials;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.SecurityLevel;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Sends the token of a file with each call, as the file is then, but never over a connection that
 * others could read. Thread-safe.
 */
public final class BearerToken extends CallCredentials {
  /** Where a token travels. */
  public static final Metadata.Key<String> HEADER =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  /** What stands before it. */
  private static final String SCHEME = "Bearer ";

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,1000}");

  private final WatchedFiles<String> file;

  /**
   * Reads the file.
   *
   * @param complaints is told why a change could not be read
   * @throws IOException if it cannot be read, is not kept secret, or holds no token
   */
  public BearerToken(Path path, Consumer<String> complaints) throws IOException {
    this.file =
        new WatchedFiles<>(List.of(path), () -> read(path), PAUSE, System::nanoTime, complaints);
  }

  private static String read(Path path) throws IOException {
    String token = SecretFiles.read(path).strip();
    if (!TOKEN.matcher(token).matches()) {
      throw new IOException(
          path + " must hold one token and nothing else, as token create --out writes it");
    }
    return header(token);
  }

  /** The value of the header that carries a token. */
  public static String header(String token) {
    return SCHEME + token;
  }

  /** The token that a header carries; empty if it carries something else. */
  public static Optional<String> in(String header) {
    return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? Optional.of(header.substring(SCHEME.length()))
        : Optional.empty();
  }

  @Override
  public void applyRequestMetadata(RequestInfo call, Executor threads, MetadataApplier headers) {
    SocketAddress peer = call.getTransportAttrs().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    if (call.getSecurityLevel() == SecurityLevel.PRIVACY_AND_INTEGRITY || isThisHost(peer)) {
      Metadata own = new Metadata();
      own.put(HEADER, file.get());
      headers.apply(own);
    } else {
      headers.fail(
          Status.UNAUTHENTICATED.withDescription(
              "the token was not sent, as nothing is encrypted on the way to "
                  + call.getAuthority()
                  + "; give the certificate of the coordinator's authority with --tls-ca or"
                  + " FARPOOL_TLS_CA"));
    }
  }

  private static boolean isThisHost(SocketAddress peer) {
    return peer instanceof InetSocketAddress address
        && address.getAddress() != null
        && address.getAddress().isLoopbackAddress();
  }
}
