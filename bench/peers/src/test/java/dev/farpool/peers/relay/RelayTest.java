package dev.farpool.peers.relay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.stub.StreamObserver;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RelayTest {
  @Test
  void bytesPassUnchangedAndInOrder() throws Exception {
    try (Relay relay = Relay.start();
        RelayWorker worker = new RelayWorker(relay.port());
        Link link = new Link(relay.port())) {
      assertTrue(relay.awaitWorker());
      BlockingQueue<byte[]> results = new LinkedBlockingQueue<>();
      StreamObserver<byte[]> tasks = link.open(Wire.TASKS, new Messages(results::add, () -> {}));
      for (int length : new int[] {0, 1, 50, 65_537, 1 << 20}) {
        tasks.onNext(bytes(length));
      }

      for (int length : new int[] {0, 1, 50, 65_537, 1 << 20}) {
        assertArrayEquals(bytes(length), results.poll(30, TimeUnit.SECONDS));
      }
    }
  }

  @Test
  void theClientGetsBackAllGroupsItSends() throws Exception {
    try (Relay relay = Relay.start();
        RelayWorker worker = new RelayWorker(relay.port());
        RelayClient client = new RelayClient(relay.port())) {
      assertTrue(relay.awaitWorker());
      client.run(bytes(50), 1, 1);
      client.run(bytes(500), 7, 5);
    }
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
