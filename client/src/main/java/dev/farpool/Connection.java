package dev.farpool;

import dev.farpool.grpc.Channels;
import dev.farpool.grpc.LinkTimer;
import dev.farpool.grpc.SessionLink;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/**
 * A session and what it stands on.
 *
 * @param session over these channels, with this timer
 */
record Connection(SessionLink session, Channels channels, LinkTimer timer) {
  /**
   * Opens a session.
   *
   * @param channels are closed with it, also when it cannot be opened
   * @throws ClusterUnreachableException if no coordinator answers in time, or it refuses
   */
  static Connection open(
      Channels channels, String clientName, Duration connectTimeout, Duration patience) {
    LinkTimer timer = new LinkTimer();
    boolean open = false;
    try {
      CompletionStage<SessionLink> session =
          SessionLink.openAsync(
              channels, clientName, connectTimeout, patience, timer.surroundings());
      Connection connection = new Connection(Answers.await(session), channels, timer);
      open = true;
      return connection;
    } catch (ExecutionException failed) {
      throw new ClusterUnreachableException(
          "the connection could not be made: " + failed.getCause(), failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ClusterUnreachableException("interrupted while connecting", interrupted);
    } finally {
      if (!open) {
        channels.close();
        timer.close();
      }
    }
  }

  /** Waits, within a bound, also when the thread is interrupted: what runs is to be ended. */
  void close() {
    session.close().toCompletableFuture().join();
    channels.close();
    timer.close();
  }

  /** The JVM exits. The timer stays, for those who wait in shutdown hooks. */
  void exit() {
    session.exit().toCompletableFuture().join();
    channels.close();
  }
}
