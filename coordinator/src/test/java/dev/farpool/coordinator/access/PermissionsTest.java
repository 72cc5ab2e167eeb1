package dev.farpool.coordinator.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.coordinator.Coordinator;
import dev.farpool.coordinator.CoordinatorConfig;
import dev.farpool.coordinator.grpc.Introspection;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every method of every service, called in every role. */
@Timeout(30)
class PermissionsTest {
  private static final byte[] EMPTY = {};

  @TempDir Path blobs;
  private final List<MethodDescriptor<?, ?>> methods = new ArrayList<>();
  private Coordinator coordinator;
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    coordinator = Coordinator.create(CoordinatorConfig.of(blobs));
    InProcessServerBuilder builder =
        InProcessServerBuilder.forName(blobs.toString())
            .directExecutor()
            .intercept(Gate.closed(Optional.of(PermissionsTest::roleOf), InstantSource.system()));
    Stream.concat(coordinator.services().stream(), Introspection.services().stream())
        .forEach(
            service -> {
              builder.addService(service);
              service.bindService().getMethods().stream()
                  .map(ServerMethodDefinition::getMethodDescriptor)
                  .forEach(methods::add);
            });
    server = builder.build().start();
    channel = InProcessChannelBuilder.forName(blobs.toString()).directExecutor().build();
  }

  /** In this test a token is the name of its role. */
  private static Optional<Principal> roleOf(String token) {
    return token.equals("nobody")
        ? Optional.empty()
        : Optional.of(new Principal(token + "-1", Role.of(token)));
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    coordinator.close();
    server.shutdownNow();
  }

  @Test
  void theTableHasEveryMethodThatIsServedAndNoOther() {
    Set<String> served = new TreeSet<>();
    methods.stream()
        .map(MethodDescriptor::getFullMethodName)
        .filter(name -> !Permissions.isOpen(name))
        .forEach(served::add);

    assertEquals(served, new TreeSet<>(Permissions.all().keySet()));
    Permissions.all().forEach((method, roles) -> assertFalse(roles.isEmpty(), method));
  }

  @Test
  void eachRoleMayCallWhatTheTableSaysAndNothingElse() {
    for (MethodDescriptor<?, ?> method : methods) {
      String name = method.getFullMethodName();
      for (Role role : Role.values()) {
        Status status = AnyCall.make(channel, method, EMPTY, "Bearer " + role.text());

        if (Permissions.isOpen(name) || Permissions.of(name).contains(role)) {
          assertTrue(
              status.getCode() != Status.Code.PERMISSION_DENIED
                  && status.getCode() != Status.Code.UNAUTHENTICATED
                  && status.getCode() != Status.Code.INTERNAL,
              () -> role + " at " + name + ": " + status);
        } else {
          assertEquals(Status.Code.PERMISSION_DENIED, status.getCode(), role + " at " + name);
          assertTrue(status.getDescription().contains("it needs the role "), status::toString);
        }
      }
    }
  }

  @Test
  void whoProvesNothingIsToldWhatToDo() {
    for (MethodDescriptor<?, ?> method : methods) {
      for (String header : new String[] {null, "Bearer nobody", "Basic operator", "operator"}) {
        Status status = AnyCall.make(channel, method, EMPTY, header);

        if (Permissions.isOpen(method.getFullMethodName())) {
          assertEquals(Status.Code.OK, status.getCode(), status::toString);
        } else {
          assertEquals(Status.Code.UNAUTHENTICATED, status.getCode(), status::toString);
          assertTrue(status.getDescription().contains("farpool token create"), status::toString);
        }
      }
    }
  }
}
