package dev.farpool;

import dev.farpool.fake.FakeCluster;
import dev.farpool.fake.FakeCoordinator;
import dev.farpool.grpc.LocalChannels;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests of a program's side against a fake of the other. */
abstract class OnFakeCoordinator {
  final FakeCoordinator coordinator = new FakeCoordinator(2);
  Cluster cluster;
  Pool pool;

  @BeforeEach
  final void connect() throws Exception {
    Gate.shut();
    cluster = connect(Duration.ofSeconds(20));
    pool = cluster.pool(2);
  }

  final Cluster connect(Duration patience) {
    Connection connection =
        Connection.open(
            new LocalChannels(new FakeCluster(coordinator)),
            "test",
            Duration.ofSeconds(5),
            patience);
    return Cluster.of(connection, new Failures(null), ShippedCode.ofThisProgram());
  }

  @AfterEach
  final void close() {
    Gate.open();
    coordinator.down = false;
    cluster.close();
  }

  static int sum(List<AsyncResult<Integer>> results) throws Exception {
    int sum = 0;
    for (AsyncResult<Integer> result : results) {
      sum += result.get();
    }
    return sum;
  }

  final void awaitStarts(long count) throws InterruptedException {
    await(() -> coordinator.started() >= count);
  }

  /** Waits for something that happens on other threads; the test's time-out ends it. */
  static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Thread.onSpinWait();
    }
  }
}
