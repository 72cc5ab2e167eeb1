package dev.farpool.peers;

import dev.farpool.peers.load.Sample;
import dev.farpool.peers.process.Child;
import dev.farpool.peers.process.Children;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The resident memory of Farpool's processes that have nothing to do: of the executor while a
 * command sleeps below it. Needs {@code /proc}.
 *
 * @param farpool the command
 */
record IdlePeer(Path farpool) implements Peer {
  private static final String UNIT = "MiB";
  private static final double KIB_PER_MIB = 1024;
  private static final long POLL_MILLIS = 100;
  private static final int SETTLE_SECONDS = 10;
  private static final List<String> COMMAND = List.of("sleep", "600");

  @Override
  public String name() {
    return "farpool-idle";
  }

  @Override
  public List<Sample> measure(Children children, Effort effort)
      throws IOException, InterruptedException {
    FarpoolCluster cluster = FarpoolCluster.start(farpool, children);
    Child command =
        children.start(
            "command",
            Stream.concat(
                    Stream.of(farpool.toString(), "exec", "--coordinator", cluster.address(), "--"),
                    COMMAND.stream())
                .toList());
    ProcessHandle executor = executorOf(cluster.worker().handle(), command);
    TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
    return List.of(
        sample("coordinator", cluster.coordinator().handle()),
        sample("worker", cluster.worker().handle()),
        sample("executor", executor));
  }

  private static ProcessHandle executorOf(ProcessHandle worker, Child command)
      throws InterruptedException {
    long end = System.nanoTime() + Effort.START.toNanos();
    while (System.nanoTime() < end && command.handle().isAlive()) {
      List<ProcessHandle> busy = worker.children().filter(IdlePeer::hasCommand).toList();
      if (!busy.isEmpty()) {
        return busy.get(0);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    throw new IllegalStateException("no executor was seen below the worker");
  }

  private static boolean hasCommand(ProcessHandle executor) {
    Predicate<String> isCommand = line -> line.endsWith(String.join(" ", COMMAND));
    return executor
        .descendants()
        .anyMatch(child -> child.info().commandLine().filter(isCommand).isPresent());
  }

  private static Sample sample(String who, ProcessHandle process) throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    long kib =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(who + " tells no VmRSS"));
    return new Sample("idle", who, UNIT, kib / KIB_PER_MIB);
  }
}
