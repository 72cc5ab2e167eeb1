package dev.farpool.simulation;

import dev.farpool.simulation.fault.Fault;
import dev.farpool.simulation.net.Link;
import dev.farpool.simulation.node.ClientNode;
import dev.farpool.simulation.node.WorkerNode;
import dev.farpool.simulation.time.Timeline;
import dev.farpool.simulation.time.VirtualProcess;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Makes things go wrong when they are to, and good again. */
final class Disturber {
  private static final long DRAIN_RETRY_NANOS = 1_000_000_000L;

  private final Cluster cluster;
  private final Timeline timeline;
  private final IntConsumer clientGone;

  /**
   * @param clientGone is told of clients that were killed
   */
  Disturber(Cluster cluster, Timeline timeline, IntConsumer clientGone) {
    this.cluster = cluster;
    this.timeline = timeline;
    this.clientGone = clientGone;
  }

  void plan(Fault fault) {
    timeline.after(fault.atMillis() * 1_000_000L, () -> begin(fault));
  }

  private void begin(Fault fault) {
    timeline.note("fault", fault.kind().name(), fault.target(), fault.lengthMillis());
    switch (fault.kind()) {
      case CUT_WORKER -> workerLink(fault).cut();
      case CUT_CLIENT -> clientLink(fault).cut();
      case HALF_OPEN_WORKER -> workerLink(fault).halfOpen();
      case HALF_OPEN_CLIENT -> clientLink(fault).halfOpen();
      case CLOG_WORKER -> clog(workerLink(fault), true, true, fault);
      case CLOG_WORKER_UP -> clog(workerLink(fault), true, false, fault);
      case CLOG_WORKER_DOWN -> clog(workerLink(fault), false, true, fault);
      case CLOG_CLIENT -> clog(clientLink(fault), true, true, fault);
      case CRASH_WORKER -> crash(place(fault), fault);
      case LOSE_WORKER -> {
        workerLink(fault).halfOpen();
        crash(place(fault), fault);
      }
      case PAUSE_WORKER -> pauseWorker(fault);
      case DRAIN_WORKER -> drain(place(fault), fault);
      case KILL_EXECUTOR -> withWorker(fault, worker -> worker.killExecutor(fault.lengthMillis()));
      default -> beginElsewhere(fault);
    }
  }

  private void beginElsewhere(Fault fault) {
    switch (fault.kind()) {
      case CRASH_COORDINATOR -> {
        cluster.killCoordinator();
        later(fault, cluster::startCoordinator);
      }
      case STOP_COORDINATOR -> stopCoordinator(fault);
      case PAUSE_COORDINATOR -> {
        if (cluster.coordinator() != null) {
          pause(cluster.coordinator().process(), fault);
          cluster.places().forEach(place -> place.link().doubt());
        }
      }
      case CRASH_CLIENT -> {
        ClientNode client = cluster.clients().get(client(fault));
        client.process().kill();
        clientGone.accept(client(fault));
      }
      case PAUSE_CLIENT -> {
        ClientNode client = cluster.clients().get(client(fault));
        client.pause();
        later(fault, client.process()::resume);
        clientLink(fault).doubt();
      }
      default -> throw new IllegalStateException(fault.toString());
    }
  }

  private void later(Fault fault, Runnable action) {
    timeline.after(fault.lengthMillis() * 1_000_000L, action);
  }

  private Cluster.Place place(Fault fault) {
    return cluster.places().get(fault.target() % cluster.places().size());
  }

  private Link workerLink(Fault fault) {
    return place(fault).link();
  }

  private int client(Fault fault) {
    return fault.target() % cluster.clients().size();
  }

  private Link clientLink(Fault fault) {
    return cluster.clientLink(client(fault));
  }

  private void clog(Link link, boolean up, boolean down, Fault fault) {
    link.clog(up, down);
    later(fault, () -> link.heal(up, down));
  }

  private void withWorker(Fault fault, Consumer<WorkerNode> action) {
    WorkerNode worker = place(fault).worker();
    if (worker != null) {
      action.accept(worker);
    }
  }

  private void crash(Cluster.Place place, Fault fault) {
    if (place.worker() != null && place.worker().process().isAlive()) {
      place.worker().process().kill();
      later(fault, place::start);
    }
  }

  private void pauseWorker(Fault fault) {
    withWorker(
        fault,
        worker -> {
          pause(worker.process(), fault);
          workerLink(fault).doubt();
        });
  }

  private void pause(VirtualProcess process, Fault fault) {
    process.pause();
    later(fault, process::resume);
  }

  private void drain(Cluster.Place place, Fault fault) {
    WorkerNode worker = place.worker();
    if (worker != null && !worker.hasLeft() && worker.process().isAlive()) {
      worker.drain();
      later(fault, () -> restartDrained(place, worker));
    }
  }

  private void restartDrained(Cluster.Place place, WorkerNode worker) {
    if (place.worker() != worker || !worker.process().isAlive()) {
      return; // It was killed meanwhile, and another one started.
    }
    if (worker.hasLeft()) {
      worker.process().kill();
      place.start();
    } else {
      timeline.after(DRAIN_RETRY_NANOS, () -> restartDrained(place, worker));
    }
  }

  private void stopCoordinator(Fault fault) {
    if (cluster.coordinator() != null) {
      cluster.coordinator().stop();
      timeline.after(100_000_000L, cluster::killCoordinator);
      later(fault, cluster::startCoordinator);
    }
  }

  /** Everything that is still wrong is made good. */
  void healAll() {
    cluster.startCoordinator();
    cluster.coordinator().process().resume();
    for (Cluster.Place place : cluster.places()) {
      place.link().heal(true, true);
      if (place.worker() != null) {
        place.worker().process().resume();
      }
    }
    for (int i = 0; i < cluster.clients().size(); i++) {
      cluster.clientLink(i).heal(true, true);
      cluster.clients().get(i).process().resume();
    }
  }
}
