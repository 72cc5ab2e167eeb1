package dev.farpool.chaos.run;

import dev.farpool.chaos.history.Event.Kind;
import dev.farpool.chaos.history.HistoryFile;
import dev.farpool.chaos.kit.ClusterView;
import dev.farpool.chaos.kit.Host;
import dev.farpool.chaos.kit.Launched;
import dev.farpool.chaos.kit.Network;
import dev.farpool.chaos.kit.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The processes of a run and the hosts they are on. Not thread-safe, but for {@link #close}. */
final class Cast implements AutoCloseable {
  private static final int PORT = 7400;
  private static final int WORKER_PROXY_PORT = 7501;
  private static final int CLIENT_PROXY_PORT = 7502;
  private static final String WORKLOAD = "dev.farpool.chaos.work.Workload";

  private final Settings settings;
  private final Sandbox sandbox;
  private final Network network;
  private final Map<String, Host> hosts = new LinkedHashMap<>();
  private final Map<String, Launched> processes = new HashMap<>();
  private final Map<String, String> addresses = new HashMap<>();
  private final List<Launched> clients = new ArrayList<>();
  private final Path historyFile;
  private final HistoryFile history;
  private int lives;

  Cast(Settings settings, Path distribution) throws IOException, InterruptedException {
    this.settings = settings;
    sandbox = new Sandbox(distribution);
    historyFile = sandbox.directory().resolve("history");
    history = HistoryFile.open(historyFile);
    network = Network.create("c");
  }

  /** Makes the hosts and starts everything but the clients. */
  void start() throws IOException, InterruptedException {
    for (String name :
        List.of(Settings.COORDINATOR, "w1", "w2", "w3", "c1", "c2", "c3", "proxies")) {
      hosts.put(name, network.host(name));
    }
    String coordinator = hosts.get(Settings.COORDINATOR).address() + ":" + PORT;
    startCoordinator();
    addresses.put("w3", proxy(Settings.WORKER_PROXY, WORKER_PROXY_PORT, coordinator));
    addresses.put(Settings.CAREFUL, proxy(Settings.CLIENT_PROXY, CLIENT_PROXY_PORT, coordinator));
    hosts.keySet().forEach(name -> addresses.putIfAbsent(name, coordinator));
    for (String name : Settings.WORKERS) {
      startWorker(name);
    }
    for (String name : Settings.WORKERS) {
      processes.get(name).awaitLine(".*, attached to .*");
    }
  }

  private String proxy(String name, int port, String target)
      throws IOException, InterruptedException {
    Host host = hosts.get("proxies");
    String address = host.address() + ":" + port;
    Launched proxy = sandbox.proxy(host, address, target, settings.seed());
    proxy.awaitLine("proxy: listening on .*");
    processes.put(name, proxy);
    return address;
  }

  void startCoordinator() throws IOException, InterruptedException {
    processes.put(
        Settings.COORDINATOR,
        sandbox.coordinator(
            hosts.get(Settings.COORDINATOR),
            hosts.get(Settings.COORDINATOR).address() + ":" + PORT,
            "--insecure",
            "--lease",
            settings.lease() + "s",
            "--session-grace",
            settings.sessionGrace().toSeconds() + "s",
            "--data",
            sandbox.directory().resolve("data").toString()));
  }

  /** Does not wait: the name may be taken until the lease of its last bearer is over. */
  void startWorker(String name) throws IOException {
    processes.put(
        name,
        sandbox.workerOn(
            hosts.get(name),
            addresses.get(name),
            name,
            settings.cores(),
            "--connect-timeout",
            "5m",
            "--directory",
            sandbox.directory().resolve(name).toString()));
  }

  /** Starts a client; the mortal one gets another name in each of its lives. */
  void startClient(String name, int tasks, String... options) throws IOException {
    boolean mortal = name.equals(Settings.MORTAL);
    List<String> arguments =
        new ArrayList<>(List.of("--name", mortal ? name + "." + lives++ : name));
    arguments.addAll(List.of("--history", historyFile.toString(), "--tasks", "" + tasks));
    arguments.addAll(List.of("--longest", "" + settings.longestTaskMillis()));
    arguments.addAll(List.of("--seed", "" + (settings.seed() + clients.size())));
    arguments.addAll(List.of("--processes", "" + settings.cores() * Settings.WORKERS.size()));
    arguments.addAll(List.of(options));
    Launched client =
        sandbox.program(
            hosts.get(name), addresses.get(name), WORKLOAD, arguments.toArray(String[]::new));
    processes.put(name, client);
    clients.add(client);
  }

  /** Takes down that the mortal client is no more. */
  void mourn() throws IOException {
    history.add(Kind.KILLED, Settings.MORTAL + "." + (lives - 1), "");
    clients.remove(processes.get(Settings.MORTAL));
  }

  Launched process(String name) {
    return processes.get(name);
  }

  Host host(String name) {
    return hosts.get(name);
  }

  /** The clients that were not killed. */
  List<Launched> clients() {
    return clients;
  }

  Path history() {
    return historyFile;
  }

  /** How many slots there are on each host, by the name that histories have for it. */
  Map<String, Integer> slots() throws IOException {
    Map<String, Integer> slots = new HashMap<>();
    for (String name : Settings.WORKERS) {
      slots.put(HistoryFile.hostOf(process(name).pid()), settings.cores());
    }
    return slots;
  }

  ClusterView view() {
    return new ClusterView(
        sandbox, hosts.get(Settings.COORDINATOR), addresses.get(Settings.COORDINATOR));
  }

  /** What is still there when all was stopped in good order and the network taken down. */
  List<String> remains() throws IOException, InterruptedException {
    List<String> remains = new ArrayList<>(sandbox.processesLeft());
    network.close();
    remains.addAll(network.namespaces());
    return remains;
  }

  /** Ends and deletes everything, however far it got. */
  @Override
  public void close() throws IOException, InterruptedException {
    sandbox.close();
    network.close();
  }
}
