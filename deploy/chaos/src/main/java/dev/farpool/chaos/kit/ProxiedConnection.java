package dev.farpool.chaos.kit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Random;

/** One connection through a {@link FaultProxy}; belongs to its thread. */
final class ProxiedConnection {
  private final SocketChannel client;
  private final SocketChannel upstream;
  private final ProxiedFlow up;
  private final ProxiedFlow down;
  private SelectionKey clientKey;
  private SelectionKey upstreamKey;
  private Treatment treatment = Treatment.PASS;
  private long passed;
  private boolean halfClosed;

  /**
   * @param upstream null if this client is to be ignored
   */
  ProxiedConnection(SocketChannel client, SocketChannel upstream, Random random) {
    this.client = client;
    this.upstream = upstream;
    this.up = new ProxiedFlow(client, upstream, random);
    this.down = new ProxiedFlow(upstream, client, random);
  }

  void connect(Selector selector, InetSocketAddress target) throws IOException {
    clientKey = client.register(selector, 0);
    if (upstream != null) {
      upstreamKey = upstream.register(selector, SelectionKey.OP_CONNECT);
      try {
        upstream.connect(target);
      } catch (IOException unreachable) {
        close(); // The client sees the end of its connection, as it would without a proxy.
      }
    }
  }

  void treat(Treatment next) {
    treatment = next;
    passed = 0;
    if (upstream == null && next.connects()) {
      close(); // It was ignored for long enough: its next try is answered.
    }
  }

  /** Moves what may move now; false if the connection is no more. */
  boolean progress(long now) {
    if (!client.isOpen()) {
      return false;
    }
    if (upstream == null) {
      return true;
    }
    try {
      if (upstream.isConnectionPending() && !upstream.finishConnect()) {
        return true;
      }
      if (treatment.moves()) {
        move(now);
      }
      return client.isOpen() && watch(now);
    } catch (IOException broken) {
      close();
      return false;
    }
  }

  private void move(long now) throws IOException {
    long limit = treatment.cutAfter() == 0 ? Long.MAX_VALUE : treatment.cutAfter();
    passed += up.move(treatment, now, limit - passed);
    if (!halfClosed) {
      passed += down.move(treatment, now, limit - passed);
    }
    if (passed >= limit) {
      cut();
    }
  }

  private void cut() throws IOException {
    if (treatment.resets()) {
      client.setOption(StandardSocketOptions.SO_LINGER, 0);
      upstream.setOption(StandardSocketOptions.SO_LINGER, 0);
      close();
    } else if (!halfClosed) {
      halfClosed = true;
      client.shutdownOutput();
    }
  }

  /** Says what to wake up for; false if both ways have ended. */
  private boolean watch(long now) {
    if (up.ended() && (down.ended() || halfClosed)) {
      close();
      return false;
    }
    int fromClient = treatment.moves() && up.wantsMore() ? SelectionKey.OP_READ : 0;
    int fromUpstream =
        treatment.moves() && down.wantsMore() && !halfClosed ? SelectionKey.OP_READ : 0;
    int toClient = treatment.moves() && down.isDue(now) ? SelectionKey.OP_WRITE : 0;
    int toUpstream = treatment.moves() && up.isDue(now) ? SelectionKey.OP_WRITE : 0;
    clientKey.interestOps(fromClient | toClient);
    upstreamKey.interestOps(fromUpstream | toUpstream);
    return true;
  }

  /** In how many nanoseconds the next piece may go on. */
  long due(long now) {
    return treatment.moves() ? Math.min(up.due(now), down.due(now)) : Long.MAX_VALUE;
  }

  void close() {
    for (SocketChannel channel : new SocketChannel[] {client, upstream}) {
      try {
        if (channel != null) {
          channel.close();
        }
      } catch (IOException gone) {
        // It is closed all the same, and nobody is left to be told.
        continue;
      }
    }
  }
}
