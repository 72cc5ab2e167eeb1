package dev.farpool.simulation.net;

import dev.farpool.simulation.time.VirtualProcess;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** A process's channel to the coordinator; it connects when it is used and is not connected. */
public final class SimChannel extends Channel {
  private final VirtualProcess process;
  private final Link link;
  private final Supplier<Server> door;
  private final List<SimClientCall<?, ?>> waiting = new ArrayList<>();
  private final Set<SimClientCall<?, ?>> open = new LinkedHashSet<>();
  private Connection connection;
  private boolean connecting;
  private boolean closed;

  /**
   * @param door whoever listens at the address now; null if nobody does
   */
  public SimChannel(VirtualProcess process, Link link, Supplier<Server> door) {
    this.process = process;
    this.link = link;
    this.door = door;
  }

  @Override
  public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
    return new SimClientCall<>(this, process, method, options.getDeadline());
  }

  @Override
  public String authority() {
    return link.name();
  }

  /** How many calls have not ended. */
  public int openCalls() {
    return open.size();
  }

  /** As {@code shutdownNow} does: open calls end, and no call begins any more. */
  public void close() {
    closed = true;
    Status status = Status.UNAVAILABLE.withDescription("Channel shutdownNow invoked");
    new ArrayList<>(open).forEach(call -> call.endLocally(status));
  }

  void began(SimClientCall<?, ?> call) {
    open.add(call);
    if (closed) {
      call.endLocally(Status.UNAVAILABLE.withDescription("Channel shutdown invoked"));
    } else if (connection != null && connection.isOpenForClient()) {
      call.connected(connection);
    } else {
      waiting.add(call);
      connect();
    }
  }

  void ended(SimClientCall<?, ?> call) {
    open.remove(call);
    waiting.remove(call);
  }

  private void connect() {
    if (connecting) {
      return;
    }
    connecting = true;
    boolean[] answered = {false};
    link.timeline().after(link.delay(), () -> knock(answered));
    link.timeline()
        .after(
            link.conditions().connectNanos(),
            () -> process.run(() -> refuse(answered, "connection timed out")));
  }

  private void knock(boolean[] answered) {
    if (link.isClogged(true) || link.isClogged(false)) {
      return;
    }
    Server server = door.get();
    link.timeline()
        .after(
            link.delay(),
            () ->
                process.run(
                    () -> {
                      if (server == null || door.get() != server) {
                        refuse(answered, "Connection refused");
                      } else {
                        established(server, answered);
                      }
                    }));
  }

  private void established(Server server, boolean[] answered) {
    if (answered[0]) {
      return;
    }
    answered[0] = true;
    connecting = false;
    connection = new Connection(link, process, server);
    link.timeline().note("connected", link.name());
    List<SimClientCall<?, ?>> calls = new ArrayList<>(waiting);
    waiting.clear();
    calls.forEach(call -> call.connected(connection));
  }

  private void refuse(boolean[] answered, String reason) {
    if (answered[0]) {
      return;
    }
    answered[0] = true;
    connecting = false;
    List<SimClientCall<?, ?>> calls = new ArrayList<>(waiting);
    waiting.clear();
    Status status = Status.UNAVAILABLE.withDescription(reason);
    calls.forEach(call -> call.endLocally(status));
  }
}
