package dev.farpool.coordinator.grpc;

import io.grpc.BindableService;
import io.grpc.channelz.v1.ChannelzGrpc;
import io.grpc.protobuf.services.ChannelzService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import java.util.List;
import java.util.Set;

/**
 * gRPC's services that tell of the server itself: reflection, which methods there are, and
 * channelz, which connections and calls. For operators only, as they tell of everybody.
 */
public final class Introspection {
  /** The names of the services. */
  public static final Set<String> SERVICES =
      Set.of(ServerReflectionGrpc.SERVICE_NAME, ChannelzGrpc.SERVICE_NAME);

  private static final int MAX_PAGE_SIZE = 100;

  private Introspection() {}

  /** The services, to be served beside the coordinator's own. */
  public static List<BindableService> services() {
    return List.of(
        GuardedCalls.of(ProtoReflectionServiceV1.newInstance(), () -> null),
        GuardedCalls.of(ChannelzService.newInstance(MAX_PAGE_SIZE), () -> null));
  }
}
