package dev.farpool.simulation;

import com.google.protobuf.ByteString;
import dev.farpool.common.Durations;
import dev.farpool.grpc.PoolLink;
import dev.farpool.simulation.work.PoolPlan;
import dev.farpool.v1.FunctionDefinition;
import dev.farpool.v1.Initializer;
import dev.farpool.v1.PoolMode;
import dev.farpool.v1.PoolSpec;
import java.time.Duration;

/** Plans of pools in the words of the contract. */
final class PoolSpecs {
  private PoolSpecs() {}

  static PoolSpec of(PoolPlan plan) {
    PoolSpec.Builder spec =
        PoolSpec.newBuilder()
            .setProcesses(plan.processes())
            .setMode(
                plan.ofProcesses() ? PoolMode.POOL_MODE_PROCESSES : PoolMode.POOL_MODE_FUNCTIONS)
            .setMaxTasksPerChild(plan.maxTasksPerChild())
            .setReportStarts(plan.reportStarts())
            .setStopGrace(Durations.toMessage(Duration.ofMillis(plan.graceMillis())));
    return plan.initializer()
        ? spec.setInitializer(initializer(plan.broken())).build()
        : spec.build();
  }

  /** One that fails has no arguments. */
  private static Initializer initializer(boolean broken) {
    return Initializer.newBuilder()
        .setFunction(
            FunctionDefinition.newBuilder()
                .setNumber(PoolLink.INITIALIZER_NUMBER)
                .setSha256(ByteString.copyFrom(Definitions.of(0).sha256()))
                .setInline(ByteString.copyFrom(Definitions.of(0).bytes())))
        .setArguments(broken ? ByteString.EMPTY : ByteString.copyFromUtf8("works"))
        .build();
  }
}
