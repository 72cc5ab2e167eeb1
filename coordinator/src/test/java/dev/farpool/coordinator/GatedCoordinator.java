package dev.farpool.coordinator;

import dev.farpool.common.security.BearerToken;
import dev.farpool.coordinator.access.Gate;
import dev.farpool.coordinator.access.Principal;
import dev.farpool.coordinator.access.Role;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerMethodDefinition;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A coordinator within this process where each token is {@code ROLE/NAME}, and whose that is. */
final class GatedCoordinator implements AutoCloseable {
  private final Coordinator coordinator;
  private final Server server;
  private final ManagedChannel channel;

  GatedCoordinator(Path blobs) throws IOException {
    coordinator = Coordinator.create(CoordinatorConfig.of(blobs));
    Gate gate = Gate.closed(Optional.of(GatedCoordinator::owner), InstantSource.system());
    InProcessServerBuilder builder =
        InProcessServerBuilder.forName(blobs.toString()).directExecutor().intercept(gate);
    coordinator.services().forEach(builder::addService);
    server = builder.build().start();
    channel = InProcessChannelBuilder.forName(blobs.toString()).directExecutor().build();
  }

  private static Optional<Principal> owner(String token) {
    int slash = token.indexOf('/');
    try {
      return Optional.of(
          new Principal(
              token.substring(slash + 1), Role.of(token.substring(0, Math.max(0, slash)))));
    } catch (IllegalArgumentException nobody) {
      return Optional.empty();
    }
  }

  /** A channel of somebody who has proven nothing. */
  Channel stranger() {
    return channel;
  }

  /** A channel of somebody, such as {@code client/alice}. */
  Channel as(String token) {
    Metadata headers = new Metadata();
    headers.put(BearerToken.HEADER, BearerToken.header(token));
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  /** All that is served. */
  List<MethodDescriptor<?, ?>> methods() {
    return server.getServices().stream()
        .flatMap(service -> service.getMethods().stream())
        .<MethodDescriptor<?, ?>>map(ServerMethodDefinition::getMethodDescriptor)
        .toList();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    coordinator.close();
    server.shutdownNow();
  }
}
