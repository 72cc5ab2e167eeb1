package dev.farpool.coordinator;

import io.grpc.Codec;
import io.grpc.DecompressorRegistry;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.util.concurrent.TimeUnit;

/**
 * What a peer may ask of the transport before anybody knows who it is. docs/adr/0011 says why each
 * number is what it is.
 */
final class ServerLimits {
  /** A request of 4 MiB, gRPC's usual limit, with room for what is around its payload. */
  private static final int MAX_MESSAGE_BYTES = 8 << 20;

  private static final int MAX_HEADER_BYTES = 8 << 10;

  /** What was sent and not read yet, of a connection: bounds the memory a peer can take. */
  private static final int WINDOW_BYTES = 1 << 20;

  /** Each pool of a client has two streams that last as long as it does. */
  private static final int MAX_CALLS = 4_000;

  /** A client that ends cancels all its calls at once; floods send a thousand times as many. */
  private static final int MAX_CANCELS = 10_000;

  private static final int CANCELS_SECONDS = 30;

  private static final int HANDSHAKE_SECONDS = 10;
  private static final int KEEP_ALIVE_SECONDS = 20;
  private static final int KEEP_ALIVE_TIMEOUT_SECONDS = 10;

  /** Far below what peers are told to use, so that jitter costs nobody the connection. */
  private static final int PERMITTED_KEEP_ALIVE_SECONDS = 5;

  private static final int IDLE_MINUTES = 10;

  /** New calls go over a new connection then, with renewed certificates; streams last on. */
  private static final int AGE_MINUTES = 60;

  private ServerLimits() {}

  static NettyServerBuilder apply(NettyServerBuilder server) {
    return server
        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
        .maxInboundMetadataSize(MAX_HEADER_BYTES)
        .flowControlWindow(WINDOW_BYTES)
        .maxConcurrentCallsPerConnection(MAX_CALLS)
        .maxRstFramesPerWindow(MAX_CANCELS, CANCELS_SECONDS)
        .handshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS)
        .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
        .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .permitKeepAliveTime(PERMITTED_KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true)
        .maxConnectionIdle(IDLE_MINUTES, TimeUnit.MINUTES)
        .maxConnectionAge(AGE_MINUTES, TimeUnit.MINUTES)
        // Nobody sends compressed messages, and what cannot be unpacked cannot be a bomb.
        .decompressorRegistry(
            DecompressorRegistry.emptyInstance().with(Codec.Identity.NONE, false));
  }
}
