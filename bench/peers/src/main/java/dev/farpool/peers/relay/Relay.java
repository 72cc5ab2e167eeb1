package dev.farpool.peers.relay;

import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Passes what one client sends to one worker, and what the worker sends to the client. It holds
 * nothing back: the client bounds what is on its way.
 */
final class Relay implements AutoCloseable {
  private final Server server;
  private final CountDownLatch attached = new CountDownLatch(1);
  private volatile StreamObserver<byte[]> client;
  private volatile StreamObserver<byte[]> worker;

  private Relay() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .directExecutor()
            .maxInboundMessageSize(Wire.MAX_MESSAGE)
            .addService(
                ServerServiceDefinition.builder(Wire.SERVICE)
                    .addMethod(Wire.TASKS, ServerCalls.asyncBidiStreamingCall(this::clientAttached))
                    .addMethod(Wire.WORK, ServerCalls.asyncBidiStreamingCall(this::workerAttached))
                    .build())
            .build()
            .start();
  }

  /** Starts on a free port of loopback. */
  static Relay start() throws IOException {
    return new Relay();
  }

  int port() {
    return server.getPort();
  }

  /** Returns when tasks can be sent, or after ten seconds. */
  boolean awaitWorker() throws InterruptedException {
    return attached.await(10, TimeUnit.SECONDS);
  }

  private StreamObserver<byte[]> clientAttached(StreamObserver<byte[]> answers) {
    client = answers;
    return new Messages(bytes -> worker.onNext(bytes), answers::onCompleted);
  }

  private StreamObserver<byte[]> workerAttached(StreamObserver<byte[]> answers) {
    worker = answers;
    attached.countDown();
    return new Messages(bytes -> client.onNext(bytes), answers::onCompleted);
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
