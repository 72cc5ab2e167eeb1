package dev.farpool.worker.exec;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.farpool.common.DaemonThreads;
import dev.farpool.v1.PoolSpec;
import dev.farpool.worker.core.Command;
import dev.farpool.worker.exec.cgroup.Bounds;
import dev.farpool.worker.exec.cgroup.Cgroups;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ImpossibleStartTest {
  @TempDir Path directory;

  @Test
  void anEnvironmentThatNoProcessCanHaveIsAStartThatFailed() throws Exception {
    BlockingQueue<Command> told = new LinkedBlockingQueue<>();
    PoolSpec spec = PoolSpec.newBuilder().setProcesses(1).putEnvironment("a", "nul\0").build();
    try (ExecutorHost host =
        new ExecutorHost(
            directory,
            directory,
            Isolation.NONE,
            Cgroups.open(Bounds.NONE),
            Duration.ofSeconds(10),
            new DaemonThreads("impossible-start-"),
            told::add)) {
      host.layOut("pool", spec, List.of());
      host.start(1, "pool", spec);

      assertNotNull(told.poll(20, TimeUnit.SECONDS), "nothing was told of the executor");
    }
  }
}
