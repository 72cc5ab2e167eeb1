package dev.farpool.scale;

import dev.farpool.scale.crew.CrewFigures;
import dev.farpool.scale.host.CoordinatorProcess;
import dev.farpool.scale.host.CrewProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Some seconds of a run.
 *
 * @param seconds how long it really took
 * @param coordinatorCpu seconds of processor time, as the others
 */
record Window(
    double seconds, double coordinatorCpu, double crewCpu, double clientCpu, CrewFigures crew) {
  private static final double NANOS = 1e9;
  private static final double MICROS = 1e6;

  /** Lets time pass and looks what happens meanwhile. */
  static Window over(int seconds, CoordinatorProcess coordinator, CrewProcess crew)
      throws IOException, InterruptedException {
    crew.begin();
    long begin = System.nanoTime();
    double coordinatorCpu = cpu(coordinator.handle());
    double crewCpu = cpu(crew.handle());
    double clientCpu = cpu(ProcessHandle.current());
    TimeUnit.SECONDS.sleep(seconds);
    CrewFigures figures = crew.figures();
    return new Window(
        (System.nanoTime() - begin) / NANOS,
        cpu(coordinator.handle()) - coordinatorCpu,
        cpu(crew.handle()) - crewCpu,
        cpu(ProcessHandle.current()) - clientCpu,
        figures);
  }

  private static double cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / NANOS;
  }

  double startsPerSecond() {
    return crew.starts() / seconds;
  }

  /** Processor time of the coordinator for a start. */
  double microsPerStart() {
    return coordinatorCpu * MICROS / crew.starts();
  }
}
