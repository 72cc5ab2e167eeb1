package dev.farpool.simulation;

import dev.farpool.simulation.check.Ledger;
import dev.farpool.simulation.node.ClientNode;
import dev.farpool.simulation.node.WorkerNode;
import dev.farpool.simulation.time.Timeline;
import dev.farpool.v1.GetStatusResponse;
import dev.farpool.v1.WorkerStatus;
import java.util.function.LongConsumer;

/** When all work is done nothing may be left of it anywhere. */
final class Rest {
  private static final long RETURN_NANOS = 60_000_000_000L;

  private final Cluster cluster;
  private final Ledger ledger;
  private final Timeline timeline;
  private final boolean mayBeSuspect;

  /**
   * @param mayBeSuspect whether the network is so slow that a worker may look dead for a moment
   */
  Rest(Cluster cluster, Ledger ledger, Timeline timeline, boolean mayBeSuspect) {
    this.mayBeSuspect = mayBeSuspect;
    this.cluster = cluster;
    this.ledger = ledger;
    this.timeline = timeline;
  }

  /**
   * @param pass lets time pass
   */
  void check(LongConsumer pass) {
    ledger.checkRunning();
    cluster.clients().forEach(this::client);
    for (Cluster.Place place : cluster.places()) {
      worker(place.worker());
    }
    // Workers introduce themselves again, and say what they hold.
    cluster.expectRest();
    cluster.places().forEach(place -> place.link().cut());
    pass.accept(RETURN_NANOS);
    coordinator(new Spectator(cluster, timeline).status());
  }

  private void client(ClientNode client) {
    if (client.process().isAlive()) {
      int timers = client.process().timer().pending();
      int calls = client.channel().openCalls();
      if (timers > 0 || calls > 0) {
        left(client.process().name() + " has " + timers + " timers and " + calls + " calls");
      }
    }
  }

  private void worker(WorkerNode worker) {
    if (worker.executors() > 0) {
      left(worker.process().name() + " has " + worker.executors() + " executors");
    }
  }

  private void coordinator(GetStatusResponse status) {
    if (status == null) {
      left("the coordinator, which does not answer");
      return;
    }
    if (status.getSessions() > 0 || status.getPoolsCount() > 0) {
      left(status.getSessions() + " sessions, " + status.getPoolsList());
    }
    if (status.getWorkersCount() != cluster.places().size()) {
      ledger.violated("L3", "only " + status.getWorkersCount() + " workers came back");
    }
    for (WorkerStatus worker : status.getWorkersList()) {
      if (worker.getBusy() > 0) {
        left("busy slots: " + worker);
      }
      boolean slow = worker.getState() == WorkerStatus.State.STATE_SUSPECT && mayBeSuspect;
      if (worker.getState() != WorkerStatus.State.STATE_ACTIVE && !slow) {
        ledger.violated("L3", "worker " + worker.getName() + " is " + worker.getState());
      }
    }
  }

  private void left(String what) {
    ledger.violated("rest", "when all is done there is left: " + what);
  }
}
