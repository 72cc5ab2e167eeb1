package dev.farpool.coordinator.fuzz;

import dev.farpool.coordinator.ByteMarshaller;
import dev.farpool.v1.BlobServiceGrpc;
import dev.farpool.v1.ClusterServiceGrpc;
import dev.farpool.v1.PoolServiceGrpc;
import dev.farpool.v1.WorkerServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.health.v1.HealthGrpc;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every call of every service that a coordinator serves, with bytes for messages. */
final class Contract {
  /** What is served; a test holds it to what a coordinator really serves. */
  static final List<ServiceDescriptor> SERVICES =
      List.of(
          PoolServiceGrpc.getServiceDescriptor(),
          WorkerServiceGrpc.getServiceDescriptor(),
          BlobServiceGrpc.getServiceDescriptor(),
          ClusterServiceGrpc.getServiceDescriptor(),
          HealthGrpc.getServiceDescriptor());

  private static final Map<String, MethodDescriptor<?, ?>> METHODS = methods();

  private Contract() {}

  /** The calls by their name in scripts, such as {@code open_session}. */
  static Collection<String> names() {
    return METHODS.keySet();
  }

  /** The call as it is served, with messages. */
  static MethodDescriptor<?, ?> typed(String name) {
    return METHODS.get(name);
  }

  /** The same call with bytes for messages, valid ones or not. */
  static MethodDescriptor<byte[], byte[]> raw(String name) {
    MethodDescriptor<?, ?> typed = METHODS.get(name);
    return MethodDescriptor.newBuilder(new ByteMarshaller(), new ByteMarshaller())
        .setType(typed.getType())
        .setFullMethodName(typed.getFullMethodName())
        .build();
  }

  private static Map<String, MethodDescriptor<?, ?>> methods() {
    Map<String, MethodDescriptor<?, ?>> methods = new LinkedHashMap<>();
    for (ServiceDescriptor service : SERVICES) {
      for (MethodDescriptor<?, ?> method : service.getMethods()) {
        methods.put(snakeCase(method.getBareMethodName()), method);
      }
    }
    return methods;
  }

  private static String snakeCase(String name) {
    return name.replaceAll("(?<=.)(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }
}
