package dev.farpool.grpc;

import dev.farpool.common.Backoff;
import dev.farpool.common.Protocol;
import dev.farpool.v1.OpenSessionRequest;
import dev.farpool.v1.OpenSessionResponse;
import dev.farpool.v1.PoolServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Looks for a coordinator and opens a session with it. */
final class SessionOpener {
  private static final Duration LONGEST_TRY = Duration.ofSeconds(5);
  private static final int MAX_TEXT = 200;

  private final Channels channels;
  private final OpenSessionRequest request;

  SessionOpener(Channels channels, String clientName) {
    this.channels = channels;
    this.request =
        OpenSessionRequest.newBuilder()
            .setProtocol(Protocol.RANGE)
            .setClientName(cut(clientName))
            .setHost(cut(host()))
            .setPid(ProcessHandle.current().pid())
            .setLibrary("farpool-java")
            .build();
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException unnamed) {
      return "unknown";
    }
  }

  OpenSessionResponse open(Duration timeout) throws UnreachableException, InterruptedException {
    Backoff backoff =
        new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), ThreadLocalRandom.current());
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      long left = deadline - System.nanoTime();
      try {
        return tryOnce(Math.max(1, Math.min(left, LONGEST_TRY.toNanos())));
      } catch (StatusRuntimeException refused) {
        Duration pause = backoff.next();
        if (!worthRepeating(refused) || left <= pause.toNanos()) {
          throw unreachable(timeout, refused);
        }
        Thread.sleep(pause.toMillis());
        channels.next();
      }
    }
  }

  private OpenSessionResponse tryOnce(long nanos) {
    return PoolServiceGrpc.newBlockingStub(channels.control())
        .withDeadlineAfter(nanos, TimeUnit.NANOSECONDS)
        .openSession(request);
  }

  static boolean worthRepeating(StatusRuntimeException refused) {
    Status.Code code = refused.getStatus().getCode();
    return code == Status.Code.UNAVAILABLE || code == Status.Code.DEADLINE_EXCEEDED;
  }

  private UnreachableException unreachable(Duration timeout, StatusRuntimeException refused) {
    String text =
        worthRepeating(refused)
            ? "no coordinator answered at %s within %s s (%s). Start one with \"farpool coordinator\","
                + " correct FARPOOL_COORDINATOR, or unset it to use this machine."
            : "the coordinator at %1$s refuses this client: %3$s";
    return new UnreachableException(
        String.format(text, channels.peer(), timeout.toMillis() / 1000.0, Replies.text(refused)),
        refused);
  }
}
