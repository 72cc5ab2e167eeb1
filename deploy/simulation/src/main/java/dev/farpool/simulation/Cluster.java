package dev.farpool.simulation;

import dev.farpool.simulation.check.CoordinatorWatch;
import dev.farpool.simulation.check.Handing;
import dev.farpool.simulation.check.Ledger;
import dev.farpool.simulation.net.Conditions;
import dev.farpool.simulation.net.Link;
import dev.farpool.simulation.net.Server;
import dev.farpool.simulation.net.SimChannel;
import dev.farpool.simulation.node.BlobShelf;
import dev.farpool.simulation.node.ClientNode;
import dev.farpool.simulation.node.CoordinatorNode;
import dev.farpool.simulation.node.WorkerNode;
import dev.farpool.simulation.time.Seeds;
import dev.farpool.simulation.time.Timeline;
import dev.farpool.simulation.time.VirtualProcess;
import dev.farpool.simulation.work.TaskTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All processes of a run, and the network between them. */
final class Cluster {
  private static final int STRICT_WINDOW = 1 << 20;

  /** Where a worker lives: its processes come and go. */
  final class Place {
    private final String name;
    private final WorkerPlan plan;
    private final Link link;
    private int births;
    private WorkerNode worker;

    private Place(String name, WorkerPlan plan) {
      this.name = name;
      this.plan = plan;
      this.link = Cluster.this.link(name, scenario.settings().network());
    }

    /** Its way to the coordinator. */
    Link link() {
      return link;
    }

    /** Whose turn it is there; null before the first. */
    WorkerNode worker() {
      return worker;
    }

    /** Starts a worker process. */
    void start() {
      String life = name + "." + ++births;
      VirtualProcess process = new VirtualProcess(life, timeline, plan.drift(), seeds.of(life));
      Map<String, String> labels =
          plan.label().isEmpty() ? Map.of() : Map.of(TaskTerms.LABEL, plan.label());
      worker =
          new WorkerNode(
              process,
              name,
              plan.cores(),
              labels,
              new SimChannel(process, link, Cluster.this::server),
              scenario.settings().executors(),
              blobs,
              seeds.of(life + " executors"),
              ledger);
      ledger.worker(worker.instance(), plan.cores());
      timeline.note("start", life, worker.instance());
      worker.start();
    }
  }

  private final Scenario scenario;
  private final Seeds seeds;
  private final Timeline timeline;
  private final Ledger ledger;
  private final BlobShelf blobs;
  private final CoordinatorWatch.Epochs epochs = new CoordinatorWatch.Epochs();
  private final List<Place> places = new ArrayList<>();
  private final List<ClientNode> clients = new ArrayList<>();
  private final List<Link> clientLinks = new ArrayList<>();
  private CoordinatorNode coordinator;
  private int coordinators;

  Cluster(Scenario scenario, Timeline timeline, Ledger ledger, BlobShelf blobs) {
    this.scenario = scenario;
    this.seeds = new Seeds(scenario.seed());
    this.timeline = timeline;
    this.ledger = ledger;
    this.blobs = blobs;
  }

  void start() {
    startCoordinator();
    for (int i = 0; i < scenario.workers().size(); i++) {
      WorkerPlan plan = scenario.workers().get(i);
      Place place = new Place("w" + i, plan);
      places.add(place);
      timeline.after(plan.atMillis() * 1_000_000L, place::start);
    }
    for (int i = 0; i < scenario.clients().size(); i++) {
      String name = "c" + i;
      Link link = link(name, scenario.settings().network());
      VirtualProcess process =
          new VirtualProcess(name, timeline, scenario.clients().get(i), seeds.of(name));
      clientLinks.add(link);
      clients.add(new ClientNode(process, new SimChannel(process, link, this::server)));
    }
  }

  private Link link(String name, Conditions conditions) {
    return new Link(name, timeline, conditions, seeds.of("link " + name));
  }

  private Server server() {
    return coordinator == null ? null : coordinator.server();
  }

  /** Starts a coordinator, if there is none. */
  void startCoordinator() {
    if (coordinator != null) {
      return;
    }
    String name = "coordinator." + ++coordinators;
    double drift = scenario.settings().coordinatorDrift();
    VirtualProcess process = new VirtualProcess(name, timeline, drift, seeds.of(name));
    boolean inOrder = scenario.settings().network().windowBytes() >= STRICT_WINDOW;
    Handing.Mode mode = inOrder ? Handing.Mode.IN_ORDER : Handing.Mode.ANY_ORDER;
    timeline.note("start", name);
    if (coordinators > 1) {
      ledger.restarted();
    }
    coordinator =
        new CoordinatorNode(
            process,
            scenario.settings().limits(),
            new CoordinatorWatch(ledger, blobs, epochs, mode),
            ledger);
  }

  /** The coordinator; null while there is none. */
  CoordinatorNode coordinator() {
    return coordinator;
  }

  /** Ends the coordinator at once. */
  void killCoordinator() {
    if (coordinator != null) {
      timeline.note("kill", coordinator.process().name());
      coordinator.process().kill();
      coordinator = null;
    }
  }

  List<Place> places() {
    return places;
  }

  List<ClientNode> clients() {
    return clients;
  }

  /** A client's way to the coordinator. */
  Link clientLink(int client) {
    return clientLinks.get(client);
  }

  /** From now on workers must hold nothing. */
  void expectRest() {
    epochs.expectRest();
  }

  /** A channel of somebody who looks on, over a network where nothing goes wrong. */
  SimChannel spectator() {
    Conditions fine =
        new Conditions(1000, 1000, 0, 1000, 1 << 30, Long.MAX_VALUE / 8, 1_000_000_000L);
    VirtualProcess process = new VirtualProcess("spectator", timeline, 0, seeds.of("spectator"));
    return new SimChannel(process, link("spectator", fine), this::server);
  }
}
