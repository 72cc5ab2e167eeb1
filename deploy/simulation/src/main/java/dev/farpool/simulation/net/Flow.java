package dev.farpool.simulation.net;

import com.google.protobuf.MessageLite;
import dev.farpool.simulation.time.VirtualProcess;
import io.grpc.Status;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One direction of a call: messages arrive in order, are kept until the reader asks for them, and
 * count against the writer's window until then.
 */
final class Flow<M> {
  /** Who gets what was sent. */
  interface Reader<M> {
    void message(M message);

    /** Nothing more comes: the other side has ended its part of the call. */
    void end(Status status);
  }

  private static final int OVERHEAD = 5;

  /** One way of a connection. */
  interface Way {
    void send(Runnable arrival);
  }

  private final VirtualProcess readerProcess;
  private final Way way;
  private final Way back;
  private final int window;
  private final Runnable onReady;
  private final Reader<M> reader;
  private final Deque<M> arrived = new ArrayDeque<>();
  private Status end;
  private long credits;
  private long outstanding;
  private boolean draining;
  private boolean closed;

  Flow(
      VirtualProcess readerProcess,
      Way way,
      Way back,
      int window,
      Runnable onReady,
      Reader<M> reader) {
    this.readerProcess = readerProcess;
    this.way = way;
    this.back = back;
    this.window = window;
    this.onReady = onReady;
    this.reader = reader;
  }

  private static int size(Object message) {
    return OVERHEAD + ((MessageLite) message).getSerializedSize();
  }

  boolean isReady() {
    return outstanding < window;
  }

  void send(M message) {
    outstanding += size(message);
    way.send(
        () -> {
          arrived.add(message);
          drain();
        });
  }

  void end(Status status) {
    way.send(
        () -> {
          end = status;
          drain();
        });
  }

  /** The reader wants more; it gets it in a turn of its own. */
  void request(int count) {
    credits += count;
    if (!arrived.isEmpty() && !draining) {
      readerProcess.timeline().after(0, () -> readerProcess.run(this::drain));
    }
  }

  /** The reader is told nothing more. */
  void close() {
    closed = true;
    arrived.clear();
  }

  private void drain() {
    if (draining) {
      return;
    }
    draining = true;
    int consumed = 0;
    while (!closed && credits > 0 && !arrived.isEmpty()) {
      credits--;
      M message = arrived.poll();
      consumed += size(message);
      reader.message(message);
    }
    draining = false;
    if (consumed > 0) {
      int freed = consumed;
      back.send(() -> freed(freed));
    }
    if (!closed && arrived.isEmpty() && end != null) {
      closed = true;
      reader.end(end);
    }
  }

  private void freed(int bytes) {
    boolean wasReady = isReady();
    outstanding -= bytes;
    if (!wasReady && isReady()) {
      onReady.run();
    }
  }
}
