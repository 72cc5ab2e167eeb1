package dev.farpool.coordinator.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The workers: by name, by connection, and the idlest first. */
final class WorkerTable {
  private final Map<String, Worker> byName = new TreeMap<>();
  private final Map<Integer, Worker> byNumber = new LinkedHashMap<>();
  private final Map<Long, Worker> byLink = new LinkedHashMap<>();
  private final TreeSet<Worker> idle =
      new TreeSet<>(
          Comparator.<Worker>comparingInt(worker -> -worker.idleRank)
              .thenComparingInt(worker -> worker.number));

  /** Workers whose place in that order may be another, each once. */
  private final List<Worker> moved = new ArrayList<>();

  /** Workers to which something may have to be sent, each once. */
  private final List<Worker> touched = new ArrayList<>();

  Collection<Worker> all() {
    return byName.values();
  }

  Worker named(String name) {
    return byName.get(name);
  }

  /** The worker process with a number, as long as it is not given up. */
  Worker numbered(int number) {
    return byNumber.get(number);
  }

  /** The worker at the other end of a connection, or null when that connection counts no more. */
  Worker at(long link) {
    return byLink.get(link);
  }

  /** Available workers with free slots, the one with most of them first. */
  Iterable<Worker> idlest() {
    moved.forEach(this::place);
    moved.clear();
    return idle;
  }

  void add(Worker worker) {
    byName.put(worker.name(), worker);
    byNumber.put(worker.number, worker);
  }

  void connect(Worker worker, long link) {
    byLink.put(link, worker);
    worker.epoch = link;
    worker.connected = true;
    worker.ready = true;
    worker.outgoing.reset();
    touch(worker);
  }

  void disconnect(Worker worker) {
    byLink.remove(worker.epoch);
    worker.connected = false;
    worker.outgoing.reset();
    reorder(worker);
  }

  void remove(Worker worker) {
    byLink.remove(worker.epoch);
    byName.remove(worker.name());
    byNumber.remove(worker.number);
    worker.connected = false;
    moved.remove(worker);
    place(worker);
  }

  /**
   * To be called after the free slots or the availability of a worker changed. Its place is looked
   * for when it is asked for: most slots that come free are taken again before.
   */
  void reorder(Worker worker) {
    if (!worker.moved) {
      worker.moved = true;
      moved.add(worker);
    }
  }

  private void place(Worker worker) {
    worker.moved = false;
    int rank = worker.isAvailable() ? Math.max(0, worker.free()) : 0;
    if (rank == worker.idleRank) {
      return;
    }
    if (worker.idleRank > 0) {
      idle.remove(worker);
    }
    worker.idleRank = rank;
    if (rank > 0) {
      idle.add(worker);
    }
  }

  /** Notes that a worker is to be written to. */
  Outgoing touch(Worker worker) {
    if (!worker.touched) {
      worker.touched = true;
      touched.add(worker);
    }
    return worker.outgoing;
  }

  /** Sends what was gathered for the workers. */
  void flush(Effects effects) {
    for (Worker worker : touched) {
      worker.touched = false;
      worker.outgoing.flush(effects);
      reorder(worker);
    }
    touched.clear();
  }
}
