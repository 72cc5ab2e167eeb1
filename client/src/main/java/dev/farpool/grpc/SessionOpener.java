package dev.farpool.grpc;

import dev.farpool.common.Backoff;
import dev.farpool.common.Protocol;
import dev.farpool.common.security.TlsTrouble;
import dev.farpool.v1.OpenSessionRequest;
import dev.farpool.v1.OpenSessionResponse;
import dev.farpool.v1.PoolServiceGrpc;
import io.grpc.Status;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Looks for a coordinator and opens a session with it. */
final class SessionOpener {
  private static final Duration LONGEST_TRY = Duration.ofSeconds(5);
  private static final int MAX_TEXT = 200;
  private static final String HOST = host();

  private final Channels channels;
  private final LinkTimers timers;
  private final RandomGenerator random;
  private final OpenSessionRequest request;

  SessionOpener(Channels channels, LinkTimers timers, RandomGenerator random, String clientName) {
    this.channels = channels;
    this.timers = timers;
    this.random = random;
    this.request =
        OpenSessionRequest.newBuilder()
            .setProtocol(Protocol.RANGE)
            .setClientName(cut(clientName))
            .setHost(cut(HOST))
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

  /** Opens a session within a time; fails with {@link UnreachableException}. */
  CompletionStage<OpenSessionResponse> open(Duration timeout) {
    Search search = new Search(timeout);
    search.attempt();
    return search.found;
  }

  /** Asks once. */
  CompletableFuture<OpenSessionResponse> tryOnce(Duration timeout) {
    return Replies.to(
        reply ->
            PoolServiceGrpc.newStub(channels.control())
                .withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS)
                .openSession(request, reply));
  }

  private static boolean worthRepeating(Status.Code code) {
    return code == Status.Code.UNAVAILABLE
        || code == Status.Code.DEADLINE_EXCEEDED
        || code == Status.Code.RESOURCE_EXHAUSTED;
  }

  /** One search; each step begins when the one before has ended. */
  private final class Search {
    private final CompletableFuture<OpenSessionResponse> found = new CompletableFuture<>();
    private final Duration timeout;
    private final long deadline;
    private final Backoff backoff =
        new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), random);

    Search(Duration timeout) {
      this.timeout = timeout;
      this.deadline = timers.nanoTime() + timeout.toNanos();
    }

    void attempt() {
      long left = Math.max(1, deadline - timers.nanoTime());
      tryOnce(Duration.ofNanos(Math.min(left, LONGEST_TRY.toNanos()))).whenComplete(this::answered);
    }

    private void answered(OpenSessionResponse session, Throwable refused) {
      if (refused == null) {
        found.complete(session);
        return;
      }
      Duration pause = backoff.next();
      boolean again = worthRepeating(Replies.code(refused));
      if (again && deadline - timers.nanoTime() > pause.toNanos()) {
        timers.after(
            pause,
            () -> {
              channels.next();
              attempt();
            });
      } else {
        found.completeExceptionally(unreachable(refused, again));
      }
    }

    private UnreachableException unreachable(Throwable refused, boolean unanswered) {
      String text =
          unanswered
              ? "no coordinator answered at %s within %s s (%s). Start one with \"farpool"
                  + " coordinator\", correct FARPOOL_COORDINATOR, or unset it to use this machine."
              : "the coordinator at %1$s refuses this client: %3$s";
      double seconds = timeout.toMillis() / 1000.0;
      String reason = TlsTrouble.of(refused).orElseGet(() -> Replies.text(refused));
      return new UnreachableException(
          String.format(text, channels.peer(), seconds, reason), refused);
    }
  }
}
