package dev.farpool.fake;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A fake coordinator behind TCP connections that can be cut and stalled. */
public final class Gateway implements AutoCloseable {
  /** Kept, as a logger that nobody holds forgets its level. */
  private static final Logger TRANSPORT = Logger.getLogger("io.grpc.netty.shaded.io.grpc.netty");

  static {
    TRANSPORT.setLevel(Level.SEVERE); // It warns of each connection that is cut.
  }

  private final Server server;
  private final ServerSocket listener;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile int generation;
  private volatile int stalledBelow;
  private volatile long resetAfterBytes = Long.MAX_VALUE;

  /** Starts serving on a free port. */
  public Gateway(FakeCoordinator coordinator) throws IOException {
    server =
        NettyServerBuilder.forPort(0)
            .directExecutor()
            .addService(coordinator)
            .addService(coordinator.blobs())
            .addService(coordinator.status())
            .build()
            .start();
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  /** Where to connect. */
  public String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  /** The connections there are stay open, and carry nothing any more. */
  public void stall() {
    stalledBelow = ++generation;
  }

  /** Resets all connections. */
  public void reset() {
    for (Socket socket : sockets) {
      reset(socket);
    }
  }

  /** Each connection is reset when it has carried this many bytes to the client. */
  public void resetAfter(long bytes) {
    resetAfterBytes = bytes;
  }

  private static void daemon(Runnable run) {
    Thread thread = new Thread(run, "fake-gateway");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket peer = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
        sockets.add(client);
        sockets.add(peer);
        int born = generation;
        daemon(() -> pump(client, peer, born, false));
        daemon(() -> pump(peer, client, born, true));
      }
    } catch (IOException closed) {
      return; // By the end of the test.
    }
  }

  private void pump(Socket from, Socket to, int born, boolean counted) {
    byte[] buffer = new byte[8192];
    long carried = 0;
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (born < stalledBelow) {
          continue;
        }
        carried += read;
        if (counted && carried > resetAfterBytes) {
          out.write(buffer, 0, read / 2);
          reset(to);
          return;
        }
        out.write(buffer, 0, read);
      }
      to.shutdownOutput();
    } catch (IOException broken) {
      reset(to);
    } finally {
      sockets.remove(from);
    }
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException already) {
      return; // It is closed.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    reset();
    server.shutdownNow();
  }
}
