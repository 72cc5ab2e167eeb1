package dev.farpool.simulation.net;

import dev.farpool.simulation.time.Timeline;
import dev.farpool.simulation.time.VirtualProcess;
import io.grpc.ClientCall;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The client's end of a call; as strict as gRPC's own about the order in which it is used. */
final class SimClientCall<Q, A> extends ClientCall<Q, A> implements Connection.End {
  private final SimChannel channel;
  private final VirtualProcess process;
  private final MethodDescriptor<Q, A> method;
  private final Deadline deadline;
  private final List<Runnable> early = new ArrayList<>();
  private Listener<A> listener;
  private Connection connection;
  private Flow<Q> requests;
  private SimServerCall<Q, A> peer;
  private Timeline.Event alarm;
  private int earlyCredits;
  private boolean halfClosed;
  private boolean cancelled;
  private boolean over;

  SimClientCall(
      SimChannel channel,
      VirtualProcess process,
      MethodDescriptor<Q, A> method,
      Deadline deadline) {
    this.channel = channel;
    this.process = process;
    this.method = method;
    this.deadline = deadline;
  }

  @Override
  public void start(Listener<A> responseListener, Metadata headers) {
    listener = responseListener;
    if (deadline != null) {
      // The product's deadlines are on the real clock, but they are whole seconds.
      long seconds = Math.round(deadline.timeRemaining(TimeUnit.NANOSECONDS) / 1e9);
      Status status = Status.DEADLINE_EXCEEDED.withDescription("after " + seconds + " s");
      alarm =
          process
              .timeline()
              .after(
                  TimeUnit.SECONDS.toNanos(Math.max(1, seconds)),
                  () -> process.run(() -> abandon(status)));
    }
    channel.began(this);
  }

  /** There is a connection: what was said before goes on it now. */
  void connected(Connection with) {
    connection = with;
    with.addClientEnd(this);
    int window = with.link().conditions().windowBytes();
    peer = new SimServerCall<>(with, method);
    requests =
        new Flow<>(
            with.server().process(),
            with::toServer,
            with::toClient,
            window,
            () -> whenOpen(() -> listener.onReady()),
            peer.requestReader());
    Flow<A> responses =
        new Flow<>(process, with::toClient, with::toServer, window, peer::ready, new Responses());
    peer.connect(requests, responses, this::serverCredits);
    with.toServer(peer::open);
    peer.responses().request(earlyCredits);
    early.forEach(Runnable::run);
    early.clear();
    process.timeline().after(0, () -> process.run(() -> whenOpen(() -> listener.onReady())));
  }

  private void serverCredits(int count) {
    requests.request(count);
  }

  private void whenOpen(Runnable action) {
    if (!over) {
      action.run();
    }
  }

  private final class Responses implements Flow.Reader<A> {
    @Override
    public void message(A message) {
      process.timeline().note("got", process.name(), message);
      whenOpen(() -> listener.onMessage(message));
    }

    @Override
    public void end(Status status) {
      close(status);
    }
  }

  private void close(Status status) {
    if (!over) {
      over = true;
      if (alarm != null) {
        alarm.cancel();
      }
      if (connection != null) {
        connection.removeClientEnd(this);
        peer.responses().close();
      }
      channel.ended(this);
      listener.onClose(status, new Metadata());
    }
  }

  @Override
  public void lost(Status status) {
    close(status);
  }

  /** Ends the call from this side, in a turn of its own. */
  void endLocally(Status status) {
    process.timeline().after(0, () -> process.run(() -> abandon(status)));
  }

  private void abandon(Status status) {
    if (over) {
      return;
    }
    if (connection != null) {
      connection.toServer(peer::cancelled);
    }
    close(status);
  }

  @Override
  public void request(int count) {
    if (connection == null) {
      earlyCredits += count;
    } else {
      peer.responses().request(count);
    }
  }

  @Override
  public void cancel(String message, Throwable cause) {
    if (!cancelled) {
      cancelled = true;
      endLocally(Status.CANCELLED.withDescription(message).withCause(cause));
    }
  }

  @Override
  public void halfClose() {
    requireOpen();
    halfClosed = true;
    whenConnected(() -> requests.end(Status.OK));
  }

  @Override
  public void sendMessage(Q message) {
    requireOpen();
    whenConnected(() -> requests.send(message));
  }

  private void requireOpen() {
    if (cancelled) {
      throw new IllegalStateException("call was cancelled");
    }
    if (halfClosed) {
      throw new IllegalStateException("call was half-closed");
    }
  }

  private void whenConnected(Runnable action) {
    if (over) {
      return;
    }
    if (connection == null) {
      early.add(action);
    } else {
      action.run();
    }
  }

  @Override
  public boolean isReady() {
    return !over && connection != null && requests.isReady();
  }
}
