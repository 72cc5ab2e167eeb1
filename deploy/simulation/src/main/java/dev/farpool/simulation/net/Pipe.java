package dev.farpool.simulation.net;

import dev.farpool.simulation.time.VirtualProcess;
import java.util.ArrayDeque;
import java.util.Deque;

/** One direction of a connection: what is sent arrives later, in order, or not at all. */
final class Pipe {
  private record Packet(VirtualProcess reader, Runnable arrival) {}

  private final Link link;
  private final boolean up;
  private final Deque<Packet> onTheirWay = new ArrayDeque<>();
  private long lastArrival;
  private int due;
  private boolean broken;

  Pipe(Link link, boolean up) {
    this.link = link;
    this.up = up;
  }

  void send(VirtualProcess reader, Runnable arrival) {
    if (broken) {
      return;
    }
    onTheirWay.add(new Packet(reader, arrival));
    long now = link.timeline().now();
    lastArrival = Math.max(lastArrival, now + link.delay());
    link.timeline()
        .after(
            lastArrival - now,
            () -> {
              due++;
              flow();
            });
  }

  /** What should have arrived does, as far as the way is free. */
  void flow() {
    while (due > 0 && !broken && !link.isClogged(up)) {
      due--;
      Packet first = onTheirWay.poll();
      first.reader().run(first.arrival());
    }
  }

  /** What is on its way, and what is sent from now on, is lost. */
  void breakDown() {
    broken = true;
    onTheirWay.clear();
  }
}
