package dev.farpool.chaos.kit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A TCP proxy that spoils connections on purpose. It cannot lose single packets, and TCP would hide
 * that anyway.
 *
 * <p>One thread does it all. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {
  private static final long IDLE_MILLIS = 100;

  private final InetSocketAddress target;
  private final Random random;
  private final Selector selector = Selector.open();
  private final ServerSocketChannel server = ServerSocketChannel.open();
  private final InetSocketAddress address;
  private final List<ProxiedConnection> connections = new ArrayList<>();
  private final Thread thread = new Thread(this::run, "fault-proxy");
  private Treatment treatment = Treatment.PASS;
  private volatile int accepted;

  /** Begins to listen and lets everything pass. */
  public FaultProxy(InetSocketAddress listen, InetSocketAddress target, long seed)
      throws IOException {
    this.target = target;
    this.random = new Random(seed);
    server.bind(listen);
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
    address = (InetSocketAddress) server.getLocalAddress();
    thread.setDaemon(true);
    thread.start();
  }

  /** Where it listens, {@code HOST:PORT}. */
  public String address() {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  /** How many connections it has taken since it was made. */
  public int accepted() {
    return accepted;
  }

  /** Treats all connections in this way from now on. */
  public synchronized void treat(Treatment next) {
    treatment = next;
    connections.forEach(connection -> connection.treat(next));
    selector.wakeup();
  }

  private void run() {
    try {
      while (selector.isOpen()) {
        long nanos = progress(System.nanoTime());
        selector.select(Math.max(1, Math.min(IDLE_MILLIS, TimeUnit.NANOSECONDS.toMillis(nanos))));
        boolean comes = selector.selectedKeys().removeIf(SelectionKey::isAcceptable);
        selector.selectedKeys().clear();
        if (comes) {
          accept();
        }
      }
    } catch (IOException | ClosedSelectorException | CancelledKeyException ended) {
      closeAll();
    }
  }

  /** Moves what may move, and tells in how many nanoseconds there may be more. */
  private synchronized long progress(long now) {
    connections.removeIf(connection -> !connection.progress(now));
    return connections.stream()
        .mapToLong(connection -> connection.due(now))
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private synchronized void accept() throws IOException {
    SocketChannel client = server.accept();
    if (client == null) {
      return;
    }
    accepted++;
    client.configureBlocking(false);
    client.setOption(StandardSocketOptions.TCP_NODELAY, true);
    SocketChannel upstream = null;
    if (treatment.connects()) {
      upstream = SocketChannel.open();
      upstream.configureBlocking(false);
      upstream.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }
    ProxiedConnection connection = new ProxiedConnection(client, upstream, random);
    connection.treat(treatment);
    connection.connect(selector, target);
    connections.add(connection);
  }

  private synchronized void closeAll() {
    connections.forEach(ProxiedConnection::close);
  }

  /** Ends all connections and stops listening. */
  @Override
  public void close() throws IOException {
    selector.close();
    server.close();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
