package dev.farpool.peers.relay;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;

/** A connection to a relay. */
final class Link implements AutoCloseable {
  private final ManagedChannel channel;

  Link(int port) {
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port)
            .usePlaintext()
            .directExecutor()
            .maxInboundMessageSize(Wire.MAX_MESSAGE)
            .build();
  }

  StreamObserver<byte[]> open(
      MethodDescriptor<byte[], byte[]> method, StreamObserver<byte[]> answers) {
    return ClientCalls.asyncBidiStreamingCall(
        channel.newCall(method, CallOptions.DEFAULT), answers);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
