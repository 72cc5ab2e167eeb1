package dev.farpool.simulation.net;

import dev.farpool.simulation.time.VirtualProcess;
import java.util.ArrayDeque;
import java.util.Deque;

/** One direction of a connection: what is sent arrives later, in order, or not at all. */
final class Pipe {
  private record Packet(VirtualProcess reader, Runnable arrival) {}

  private final Link link;
  private final boolean up;
  private final Deque<Packet> stuck = new ArrayDeque<>();
  private long lastArrival;
  private boolean broken;

  Pipe(Link link, boolean up) {
    this.link = link;
    this.up = up;
  }

  void send(VirtualProcess reader, Runnable arrival) {
    if (broken) {
      return;
    }
    plan(new Packet(reader, arrival));
  }

  private void plan(Packet packet) {
    long now = link.timeline().now();
    lastArrival = Math.max(lastArrival, now + link.delay());
    link.timeline().after(lastArrival - now, () -> arrive(packet));
  }

  private void arrive(Packet packet) {
    if (broken) {
      return;
    }
    if (link.isClogged(up) || !stuck.isEmpty()) {
      stuck.add(packet);
    } else {
      packet.reader().run(packet.arrival());
    }
  }

  /** The way is free again. */
  void flow() {
    while (!stuck.isEmpty()) {
      plan(stuck.poll());
    }
  }

  /** What is on its way, and what is sent from now on, is lost. */
  void breakDown() {
    broken = true;
    stuck.clear();
  }
}
