package dev.farpool.coordinator.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.farpool.coordinator.Coordinator;
import dev.farpool.coordinator.CoordinatorConfig;
import io.grpc.ServiceDescriptor;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the fuzzer reaches all there is. */
class ContractTest {
  @TempDir Path blobs;

  @Test
  void everyServiceThatIsServedIsFuzzed() {
    try (Coordinator coordinator = Coordinator.create(CoordinatorConfig.of(blobs))) {
      List<String> served =
          coordinator.services().stream()
              .map(service -> service.bindService().getServiceDescriptor().getName())
              .toList();
      assertEquals(served, Contract.SERVICES.stream().map(ServiceDescriptor::getName).toList());
    }
  }
}
