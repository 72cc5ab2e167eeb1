package dev.farpool.peers.relay;

import dev.farpool.peers.load.Latencies;
import dev.farpool.peers.load.Payload;
import dev.farpool.peers.load.Sample;
import dev.farpool.peers.load.Stopwatch;

/** The relay's client: as many tasks a message as it is told. */
public final class RelayClientMain {
  private static final int TASK_BYTES = 50;
  private static final int MIB = 1 << 20;
  private static final int TASKS_ON_THEIR_WAY = 100_000;
  private static final int GROUPS = 1 << 12;

  private RelayClientMain() {}

  /**
   * Measures; latency and large messages only where a message has one task.
   *
   * @param arguments warm-up in seconds, rounds, the relay's port, tasks a message
   */
  public static void main(String[] arguments) throws Exception {
    Stopwatch stopwatch = Stopwatch.of(arguments);
    int batch = Integer.parseInt(arguments[3]);
    try (RelayClient client = new RelayClient(Integer.parseInt(arguments[2]))) {
      if (batch == 1) {
        latency(client, stopwatch);
      }
      noops(client, stopwatch, batch);
      if (batch == 1) {
        large(client, stopwatch);
      }
    }
  }

  private static void noops(RelayClient client, Stopwatch stopwatch, int batch) throws Exception {
    byte[] message = Payload.bytes(batch * TASK_BYTES);
    int group = Math.min(5_000, TASKS_ON_THEIR_WAY / batch / 2);
    int tasks = group * batch;
    double rate =
        stopwatch.rate(tasks, tasks * GROUPS, count -> client.run(message, group, count / tasks));
    new Sample("noop", "rate", "tasks/s", rate).print();
  }

  private static void latency(RelayClient client, Stopwatch stopwatch) throws Exception {
    byte[] message = Payload.bytes(TASK_BYTES);
    Latencies.of(stopwatch, count -> client.run(message, 1, count)).forEach(Sample::print);
  }

  private static void large(RelayClient client, Stopwatch stopwatch) throws Exception {
    byte[] message = Payload.bytes(MIB);
    int group = 4;
    double rate =
        stopwatch.rate(group, group * GROUPS, count -> client.run(message, group, count / group));
    new Sample("echo", "rate", "MiB/s", rate).print();
  }
}
