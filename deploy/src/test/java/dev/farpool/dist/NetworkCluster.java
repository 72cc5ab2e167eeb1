package dev.farpool.dist;

import dev.farpool.chaos.history.History;
import dev.farpool.chaos.history.HistoryFile;
import dev.farpool.chaos.history.Rules;
import dev.farpool.chaos.kit.ClusterView;
import dev.farpool.chaos.kit.Host;
import dev.farpool.chaos.kit.Launched;
import dev.farpool.chaos.kit.Network;
import dev.farpool.chaos.kit.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A coordinator, workers and a client, each on a host of its own. */
final class NetworkCluster {
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final int CORES = 2;
  private static final int PORT = 7400;

  private final Sandbox sandbox = new Sandbox();
  private final Network network;
  private final Host coordinatorHost;
  private final Host clientHost;
  private final Launched coordinator;
  private final List<Host> workerHosts = new ArrayList<>();
  private final List<Launched> workers = new ArrayList<>();
  private final Recorded recorded;
  private final String addresses;

  private NetworkCluster(String lease) throws IOException, InterruptedException {
    network = Network.create("n" + NUMBERS.incrementAndGet());
    coordinatorHost = network.host("coordinator");
    clientHost = network.host("client");
    recorded = new Recorded(sandbox, "network");
    addresses = coordinatorHost.address() + ":" + PORT + "," + network.unusedAddress() + ":" + PORT;
    coordinator =
        sandbox.coordinator(coordinatorHost, "0.0.0.0:" + PORT, "--insecure", "--lease", lease);
  }

  /** Starts the coordinator, or skips the test where there can be no such network. */
  static NetworkCluster orSkip(String lease) throws IOException, InterruptedException {
    Optional<String> missing = Network.missing();
    Assumptions.assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
    return new NetworkCluster(lease);
  }

  void startWorkers(int count) throws IOException, InterruptedException {
    for (int number = 0; number < count; number++) {
      Host host = network.host("w" + number);
      workerHosts.add(host);
      workers.add(sandbox.workerOn(host, addresses, "w" + number, CORES));
    }
    for (Launched worker : workers) {
      worker.awaitLine(".*, attached to .*");
    }
  }

  /** Starts a client with this many short tasks. */
  Launched load(int tasks) throws IOException {
    return recorded.workload(
        clientHost, addresses, "c", "--tasks", "" + tasks, "--longest", "100", "--processes", "8");
  }

  Host workerHost(int number) {
    return workerHosts.get(number);
  }

  Launched worker(int number) {
    return workers.get(number);
  }

  Host clientHost() {
    return clientHost;
  }

  Recorded recorded() {
    return recorded;
  }

  ClusterView view() {
    return new ClusterView(sandbox, coordinatorHost, "127.0.0.1:" + PORT);
  }

  /** Gives the coordinator's host the other address that workers and clients know. */
  void moveCoordinator() throws IOException, InterruptedException {
    coordinatorHost.readdress(network.unusedAddress());
  }

  long openFilesOfCoordinator() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/" + coordinator.pid() + "/fd"))) {
      return files.count();
    }
  }

  /** Holds what happened to all promises. */
  History check() throws IOException {
    Map<String, Integer> slots = new HashMap<>();
    for (Launched worker : workers) {
      slots.put(HistoryFile.hostOf(worker.pid()), CORES);
    }
    return recorded.check(new Rules(slots, Duration.ofMillis(500), Duration.ofSeconds(60)));
  }

  void close() throws IOException, InterruptedException {
    sandbox.close();
    network.close();
  }
}
