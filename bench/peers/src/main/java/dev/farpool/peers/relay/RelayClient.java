package dev.farpool.peers.relay;

import io.grpc.stub.StreamObserver;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Sends the same message again and again and checks that it comes back. Not thread-safe. */
final class RelayClient implements AutoCloseable {
  private static final long LIMIT_SECONDS = 60;

  private final Link link;
  private final StreamObserver<byte[]> tasks;
  private final Semaphore returned = new Semaphore(0);
  private volatile byte[] message = new byte[0];
  private volatile int group;
  private volatile String failure;
  private int back;

  RelayClient(int port) {
    link = new Link(port);
    tasks =
        link.open(Wire.TASKS, new Messages(this::check, () -> fail("the relay ended the stream")));
  }

  private void check(byte[] result) {
    if (!Arrays.equals(message, result)) {
      fail("the relay brought other bytes than were sent");
    }
    if (++back == group) {
      back = 0;
      returned.release();
    }
  }

  private void fail(String why) {
    failure = why;
    returned.release();
  }

  /**
   * Sends and awaits groups of messages, of which two are on their way at a time.
   *
   * @param size how many messages a group has
   */
  void run(byte[] bytes, int size, int groups) throws InterruptedException {
    message = bytes;
    group = size;
    for (int i = 0; i < groups; i++) {
      if (i >= 2) {
        await();
      }
      for (int sent = 0; sent < size; sent++) {
        tasks.onNext(bytes);
      }
    }
    for (int i = 0; i < Math.min(2, groups); i++) {
      await();
    }
  }

  private void await() throws InterruptedException {
    if (!returned.tryAcquire(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("nothing came back for " + LIMIT_SECONDS + " s");
    }
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public void close() {
    link.close();
  }
}
