package dev.farpool.simulation.net;

import dev.farpool.simulation.time.VirtualProcess;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A TCP connection with HTTP/2 on it. Its two ends find out on their own that it is gone: by what
 * the other sends, or by keepalive.
 */
final class Connection {
  private static final Status GONE = Status.UNAVAILABLE.withDescription("Connection reset by peer");
  private static final Status SILENT =
      Status.UNAVAILABLE.withDescription("Keepalive failed. The connection is likely gone");

  /** One end of a call. */
  interface End {
    /** The connection is gone. */
    void lost(Status status);
  }

  private final Link link;
  private final VirtualProcess client;
  private final Server server;
  private final Pipe up;
  private final Pipe down;
  private final Set<End> clientEnds = new LinkedHashSet<>();
  private final Set<End> serverEnds = new LinkedHashSet<>();
  private boolean clientOpen = true;
  private boolean serverOpen = true;
  private boolean hole;

  Connection(Link link, VirtualProcess client, Server server) {
    this.link = link;
    this.client = client;
    this.server = server;
    this.up = new Pipe(link, true);
    this.down = new Pipe(link, false);
    link.add(this);
    client.atDeath(() -> abort(true));
    server.process().atDeath(() -> abort(false));
  }

  Link link() {
    return link;
  }

  VirtualProcess client() {
    return client;
  }

  Server server() {
    return server;
  }

  /** Something on its way to the server, which gets it if it still believes in the connection. */
  void toServer(Runnable arrival) {
    up.send(
        server.process(),
        () -> {
          if (serverOpen) {
            arrival.run();
          }
        });
  }

  /** The same to the client. */
  void toClient(Runnable arrival) {
    down.send(
        client,
        () -> {
          if (clientOpen) {
            arrival.run();
          }
        });
  }

  boolean isOpenForClient() {
    return clientOpen;
  }

  void addClientEnd(End end) {
    clientEnds.add(end);
  }

  void addServerEnd(End end) {
    serverEnds.add(end);
  }

  void removeClientEnd(End end) {
    clientEnds.remove(end);
  }

  void removeServerEnd(End end) {
    serverEnds.remove(end);
  }

  /** Something may be wrong: unless it heals, both ends give the connection up. */
  void doubt() {
    doubt(true);
    doubt(false);
  }

  private void doubt(boolean atClient) {
    long patience = link.about(2 * link.conditions().keepAliveNanos());
    link.timeline()
        .after(
            patience,
            () -> {
              boolean silent =
                  hole
                      || link.isClogged(true)
                      || link.isClogged(false)
                      || !(atClient ? server.process() : client).isRunning();
              if (silent) {
                giveUp(atClient, SILENT);
              }
            });
  }

  private void giveUp(boolean atClient, Status status) {
    VirtualProcess process = atClient ? client : server.process();
    process.run(() -> lost(atClient, status));
  }

  /** One end has found out; it resets the connection, which the other may hear. */
  private void lost(boolean atClient, Status status) {
    if (atClient ? !clientOpen : !serverOpen) {
      return;
    }
    if (atClient) {
      clientOpen = false;
    } else {
      serverOpen = false;
    }
    Set<End> ends = atClient ? clientEnds : serverEnds;
    for (End end : new ArrayList<>(ends)) {
      end.lost(status);
    }
    ends.clear();
    if (atClient && serverOpen) {
      up.send(server.process(), () -> lost(false, GONE));
    } else if (!atClient && clientOpen) {
      down.send(client, () -> lost(true, GONE));
    }
    if (!clientOpen && !serverOpen) {
      link.remove(this);
    }
  }

  /** A process has ended: its kernel resets the connection. */
  private void abort(boolean atClient) {
    if (atClient) {
      clientOpen = false;
      clientEnds.clear();
      up.send(server.process(), () -> lost(false, GONE));
    } else {
      serverOpen = false;
      serverEnds.clear();
      down.send(client, () -> lost(true, GONE));
    }
    if (!clientOpen && !serverOpen) {
      link.remove(this);
    }
  }

  void cut() {
    up.breakDown();
    down.breakDown();
    long soon = link.conditions().keepAliveNanos() / 8;
    link.timeline().after(link.about(soon), () -> giveUp(true, GONE));
    link.timeline().after(link.about(soon), () -> giveUp(false, GONE));
  }

  void blackHole() {
    hole = true;
    up.breakDown();
    down.breakDown();
    doubt();
  }

  void flow() {
    up.flow();
    down.flow();
  }
}
