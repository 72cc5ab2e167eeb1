package dev.farpool.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.common.HostPort;
import dev.farpool.coordinator.grpc.Introspection;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.channelz.v1.ChannelzGrpc;
import io.grpc.channelz.v1.GetServersRequest;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** gRPC's services that tell of the server, over TCP. */
@Timeout(20)
class IntrospectionTest {
  @TempDir private Path directory;
  private CoordinatorServer server;
  private ManagedChannel channel;

  @AfterEach
  void stop() throws InterruptedException {
    channel.shutdownNow();
    server.close();
    assertTrue(channel.awaitTermination(5, TimeUnit.SECONDS));
  }

  private void start(boolean introspection) throws IOException {
    server =
        CoordinatorServer.start(
            CoordinatorConfig.of(directory)
                .withListen(new HostPort("127.0.0.1", 0))
                .withIntrospection(introspection));
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.address().port()).usePlaintext().build();
  }

  @Test
  void isOffUnlessAskedFor() throws IOException {
    start(false);
    ChannelzGrpc.ChannelzBlockingStub channelz = ChannelzGrpc.newBlockingStub(channel);

    StatusRuntimeException refused =
        assertThrows(
            StatusRuntimeException.class,
            () -> channelz.getServers(GetServersRequest.getDefaultInstance()));

    assertEquals(Status.Code.UNIMPLEMENTED, refused.getStatus().getCode());
  }

  @Test
  void reflectionNamesAllServices() throws Exception {
    start(true);

    Set<String> named = new HashSet<>();
    for (ServiceResponse service :
        reflect(ServerReflectionRequest.newBuilder().setListServices(""))
            .getListServicesResponse()
            .getServiceList()) {
      named.add(service.getName());
    }

    assertTrue(named.containsAll(Introspection.SERVICES), named::toString);
    assertTrue(
        named.containsAll(
            List.of(
                "farpool.v1.PoolService",
                "farpool.v1.WorkerService",
                "farpool.v1.BlobService",
                "farpool.v1.ClusterService",
                "grpc.health.v1.Health")),
        named::toString);
  }

  @Test
  void reflectionGivesTheContract() throws Exception {
    start(true);

    ServerReflectionResponse response =
        reflect(
            ServerReflectionRequest.newBuilder().setFileContainingSymbol("farpool.v1.PoolService"));

    assertTrue(response.getFileDescriptorResponse().getFileDescriptorProtoCount() > 0);
  }

  @Test
  void channelzTellsOfTheServer() throws IOException {
    start(true);

    assertEquals(
        1,
        ChannelzGrpc.newBlockingStub(channel)
            .withDeadlineAfter(10, TimeUnit.SECONDS)
            .getServers(GetServersRequest.getDefaultInstance())
            .getServerList()
            .stream()
            .filter(one -> one.getListenSocketCount() > 0)
            .filter(one -> one.getListenSocket(0).getName().contains(port()))
            .count());
  }

  private String port() {
    return Integer.toString(server.address().port());
  }

  private ServerReflectionResponse reflect(ServerReflectionRequest.Builder request)
      throws Exception {
    CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> call =
        ServerReflectionGrpc.newStub(channel)
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse response) {
                    answer.complete(response);
                  }

                  @Override
                  public void onError(Throwable failed) {
                    answer.completeExceptionally(failed);
                  }

                  @Override
                  public void onCompleted() {
                    answer.completeExceptionally(new IllegalStateException("no answer"));
                  }
                });
    call.onNext(request.build());
    ServerReflectionResponse response = answer.get(10, TimeUnit.SECONDS);
    call.onCompleted();
    return response;
  }
}
