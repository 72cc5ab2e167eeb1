package dev.farpool.cli;

import dev.farpool.v1.ClusterServiceGrpc.ClusterServiceImplBase;
import dev.farpool.v1.GetStatusRequest;
import dev.farpool.v1.GetStatusResponse;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A server on a free port that always tells the same status. */
final class FakeCluster implements AutoCloseable {
  private final Server server;

  private FakeCluster(BindableService... services) throws IOException {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .directExecutor();
    for (BindableService service : services) {
      builder.addService(service);
    }
    server = builder.build().start();
  }

  /** A coordinator that answers as this service does. */
  static FakeCluster of(ClusterServiceImplBase service) throws IOException {
    return new FakeCluster(service);
  }

  static FakeCluster telling(GetStatusResponse status) throws IOException {
    return new FakeCluster(
        new ClusterServiceImplBase() {
          @Override
          public void getStatus(
              GetStatusRequest request, StreamObserver<GetStatusResponse> response) {
            response.onNext(status);
            response.onCompleted();
          }
        });
  }

  /** A server with some service. */
  static FakeCluster of(BindableService service) throws IOException {
    return new FakeCluster(service);
  }

  /** A server that speaks gRPC but is no coordinator. */
  static FakeCluster ofSomethingElse() throws IOException {
    return new FakeCluster();
  }

  String address() {
    return "127.0.0.1:" + server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
