package dev.farpool.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConnectionThreadsTest {
  @Test
  void theyEndWithTheirConnections() throws Exception {
    Set<Thread> others = living();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ConnectionThreads threads = new ConnectionThreads(1);
      ManagedChannel channel = connect(threads, server);
      Set<Thread> own = living();
      own.removeAll(others);
      assertEquals(1, own.size());

      channel.shutdownNow();
      threads.close();

      Thread thread = own.iterator().next();
      thread.join(TimeUnit.SECONDS.toMillis(20));
      assertFalse(thread.isAlive());
    }
  }

  private static ManagedChannel connect(ConnectionThreads threads, ServerSocket server)
      throws Exception {
    ManagedChannel channel =
        threads
            .serve(NettyChannelBuilder.forAddress("127.0.0.1", server.getLocalPort()))
            .usePlaintext()
            .build();
    channel.getState(true);
    server.accept().close();
    return channel;
  }

  private static Set<Thread> living() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("farpool-connection"))
        .collect(Collectors.toSet());
  }
}
