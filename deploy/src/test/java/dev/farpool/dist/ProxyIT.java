package dev.farpool.dist;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.chaos.history.Event.Kind;
import dev.farpool.chaos.kit.FaultProxy;
import dev.farpool.chaos.kit.Launched;
import dev.farpool.chaos.kit.Place;
import dev.farpool.chaos.kit.Treatment;
import dev.farpool.common.HostPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that are reset, half closed, held back, or never answered. */
@Timeout(180)
class ProxyIT extends Sandboxed {
  private static final int TASKS = 2000;
  private static final long SEED = 7;
  private static final long SPOILT_MILLIS = 300;
  private static final int MOST_BYTES = 20_000;

  private String coordinator;

  @BeforeEach
  void startCoordinator() throws Exception {
    coordinator = sandbox.coordinator("--lease", "5s");
  }

  @Test
  void resetsInTheMiddleOfAClientsMessagesLoseAndRepeatNothing() throws Exception {
    sandbox.worker(coordinator, "w1", 2);
    try (FaultProxy proxy = proxy()) {
      Launched client = start(proxy.address());
      spoil(proxy, Treatment::reset);
      client.exits(0);
    }
    recorded().check(Recorded.rules(2));
  }

  @Test
  void halfClosedConnectionsOfAClientLoseAndRepeatNothing() throws Exception {
    sandbox.worker(coordinator, "w1", 2);
    try (FaultProxy proxy = proxy()) {
      Launched client = start(proxy.address());
      spoil(proxy, Treatment::halfClose);
      client.exits(0);
    }
    recorded().check(Recorded.rules(2));
  }

  @Test
  void resetsInTheMiddleOfAWorkersMessagesLoseAndRepeatNothing() throws Exception {
    try (FaultProxy proxy = proxy()) {
      sandbox.worker(proxy.address(), "w1", 2);
      Launched client = start(coordinator);
      spoil(proxy, Treatment::reset);
      client.exits(0);
    }
    recorded().check(Recorded.rules(2));
  }

  @Test
  void slowAndStallingConnectionsOnlyTakeTime() throws Exception {
    sandbox.worker(coordinator, "w1", 2);
    try (FaultProxy proxy = proxy()) {
      proxy.treat(Treatment.delay(Duration.ofMillis(20), Duration.ofMillis(30)));
      Launched client = start(proxy.address());
      recorded().await(Kind.RESULT, TASKS / 10);
      proxy.treat(Treatment.STALL);
      Thread.sleep(3000);
      proxy.treat(Treatment.PASS);
      client.exits(0);
    }
    recorded().check(Recorded.rules(2));
  }

  @Test
  void aServerThatAcceptsAndNeverAnswersIsGivenUpInTime() throws Exception {
    try (FaultProxy proxy = proxy()) {
      proxy.treat(Treatment.IGNORE);
      long begin = System.nanoTime();

      Launched status = sandbox.farpool("status", "--coordinator", proxy.address()).exits(3);

      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      assertTrue(took.toSeconds() < 20, took::toString);
      assertTrue(status.err().get(0).contains(proxy.address()), status::toString);
    }
  }

  /** Spoils connections again and again, each after another number of bytes. */
  private void spoil(FaultProxy proxy, IntFunction<Treatment> treatment) throws Exception {
    Random random = new Random(SEED);
    for (int round = 1; round <= 5; round++) {
      recorded().await(Kind.RESULT, TASKS * round / 10);
      proxy.treat(treatment.apply(1 + random.nextInt(MOST_BYTES)));
      Thread.sleep(SPOILT_MILLIS);
      proxy.treat(Treatment.PASS);
    }
  }

  private FaultProxy proxy() throws IOException {
    HostPort target = HostPort.parse(coordinator);
    return new FaultProxy(
        new InetSocketAddress("127.0.0.1", 0),
        new InetSocketAddress(target.host(), target.port()),
        SEED);
  }

  private Recorded recorded() {
    return new Recorded(sandbox, "proxy");
  }

  private Launched start(String address) throws IOException {
    return recorded().workload(Place.HERE, address, "c", "--tasks", "" + TASKS, "--longest", "3");
  }
}
