package dev.farpool;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.call.JavaCalls;
import dev.farpool.fake.FakeCoordinator;
import dev.farpool.v1.Rejection;
import java.io.ByteArrayOutputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The link to a coordinator that stays: breaks, refusals, overload, output. */
@Timeout(value = 60, unit = SECONDS)
class LinkTest extends OnFakeCoordinator {
  @Test
  void oneFunctionIsDefinedOnceForManyCalls() throws Exception {
    coordinator.recording = true;
    List<AsyncResult<Integer>> results = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      int captured = i;
      results.add(pool.applyAsync(() -> captured));
    }
    assertEquals(4999 * 5000 / 2, sum(results));
    assertEquals(
        1,
        coordinator.requests.stream()
            .flatMap(request -> request.getFunctionsList().stream())
            .map(function -> function.getNumber())
            .collect(Collectors.toSet())
            .size());
  }

  @Test
  void brokenStreamsAreResumedAndNothingRunsTwice() throws Exception {
    Gate.open();
    FakeCoordinator.EXECUTED.set(0);
    List<AsyncResult<Integer>> results = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      results.add(pool.applyAsync(Gate::pass, 1));
      if (i % 4000 == 2000) {
        coordinator.breakStreams();
      }
    }
    assertEquals(20_000, sum(results));
    assertEquals(20_000, FakeCoordinator.EXECUTED.get());
    pool.close();
    coordinator.breakStreams();
    pool.join();
  }

  @Test
  void cancellingInAnEndedPoolIsFalse() throws Exception {
    AsyncResult<Integer> result = pool.applyAsync(() -> 1);
    pool.closeAndJoin();
    assertFalse(result.cancel(CancelMode.KILL));
  }

  @Test
  void reasonsOfANewerCoordinatorAreTakenByTheirText() {
    coordinator.refusal =
        request -> Rejection.newBuilder().setReasonValue(99).setMessage("a new reason").build();
    AsyncResult<Integer> result = pool.applyAsync(Gate::pass, 1);
    assertEquals(
        "a new reason",
        assertThrows(ExecutionException.class, result::get).getCause().getMessage());
  }

  @Test
  void aWaitForAnOverloadedCoordinatorIsExplained() throws Exception {
    coordinator.refusal =
        request ->
            Rejection.newBuilder()
                .setReason(Rejection.Reason.REASON_OVERLOADED)
                .setMessage("4 GiB of tasks are queued")
                .build();
    AsyncResult<Integer> result = pool.applyAsync(Gate::pass, 1);
    String message = "";
    while (!message.contains("4 GiB of tasks are queued")) {
      message =
          assertThrows(TimeoutException.class, () -> result.get(Duration.ofMillis(100)))
              .getMessage();
    }
    coordinator.refusal = request -> null;
    Gate.open();
    assertEquals(1, result.get());
  }

  @Test
  void aProducerWaitsForAnOverloadedCoordinatorAndCanBeInterrupted() throws Exception {
    AtomicBoolean full = new AtomicBoolean(true);
    Rejection overloaded =
        Rejection.newBuilder().setReason(Rejection.Reason.REASON_OVERLOADED).build();
    coordinator.refusal = request -> full.get() ? overloaded : null;
    byte[] large = new byte[1_000_000];
    List<AsyncResult<Integer>> results = new ArrayList<>();
    Thread.currentThread().interrupt(); // Nothing waits before there is too much.
    assertThrows(
        RejectedExecutionException.class,
        () -> {
          while (true) {
            results.add(pool.applyAsync(bytes -> bytes.length, large));
          }
        });
    assertTrue(Thread.interrupted());
    assertTrue(results.size() < 100, () -> results.size() + " MB are too many");
    full.set(false);
    assertEquals(results.size() * 1_000_000, sum(results));
  }

  @Test
  void anOverloadedCoordinatorIsAskedAgain() throws Exception {
    AtomicInteger refusals = new AtomicInteger(3);
    Rejection overloaded =
        Rejection.newBuilder()
            .setReason(Rejection.Reason.REASON_OVERLOADED)
            .setRetryAfter(com.google.protobuf.Duration.newBuilder().setNanos(1_000_000))
            .build();
    coordinator.refusal = request -> refusals.getAndDecrement() > 0 ? overloaded : null;
    Gate.open();
    List<AsyncResult<Integer>> results = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      results.add(pool.applyAsync(Gate::pass, 1));
    }
    assertEquals(3000, sum(results));
  }

  @Test
  void refusedTasksFailAloneAndSayWhy() throws Exception {
    Rejection infeasible =
        Rejection.newBuilder()
            .setReason(Rejection.Reason.REASON_INFEASIBLE)
            .setMessage("no worker could ever have 90000 cores")
            .build();
    coordinator.refusal =
        request -> request.getBatches(0).getOptions().getCores() > 0 ? infeasible : null;
    AsyncResult<Integer> before = pool.applyAsync(() -> 1);
    AsyncResult<Integer> refused = pool.applyAsync(() -> 2, TaskOptions.DEFAULTS.withCores(90_000));
    AsyncResult<Integer> after = pool.applyAsync(() -> 3);
    assertEquals(4, before.get() + after.get());
    assertEquals(
        "no worker could ever have 90000 cores",
        assertThrows(ExecutionException.class, refused::get).getCause().getMessage());
  }

  static void print(String text) {
    FakeCoordinator.PRINTER.get().accept(text);
  }

  @Test
  void outputIsReadBeforeTheResultIsReady() throws Exception {
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    Pool printing =
        cluster.newPool().processes(1).output(part -> seen.writeBytes(part.bytes())).build();
    for (int i = 0; i < 100; i++) {
      int line = i;
      seen.reset();
      printing.apply(() -> print("line " + line + "\n"));
      assertEquals("line " + i + "\n", seen.toString(StandardCharsets.UTF_8));
    }
  }

  @Test
  void aReaderOfOutputThatThrowsAnErrorHoldsNoResultBack() throws Exception {
    Pool printing =
        cluster
            .newPool()
            .processes(1)
            .output(
                part -> {
                  Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> {});
                  throw new AssertionError("thrown by the test");
                })
            .build();
    printing.apply(() -> print("line\n"));
    printing.closeAndJoin();
  }

  @Test
  void resultsAreAcknowledgedSoThatTheyCanBeForgotten() throws Exception {
    Gate.open();
    List<AsyncResult<Integer>> results = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      results.add(pool.applyAsync(Gate::pass, 1));
    }
    sum(results);
    await(() -> coordinator.unacknowledged() == 0);
  }

  @Test
  void aLostAcknowledgementIsRepeatedAlsoWhenNoMoreResultsCome() throws Exception {
    coordinator.lostAcknowledgements.set(2);
    assertEquals(1, pool.applyAsync(() -> 1).get());
    await(() -> coordinator.unacknowledged() == 0);
  }

  @Test
  void anEndedPoolLeavesNothingBehindWhenItsLastAcknowledgementIsLost() throws Exception {
    assertEquals(1, pool.applyAsync(() -> 1).get());
    coordinator.lostAcknowledgements.set(1);
    pool.closeAndJoin();
    await(() -> coordinator.unacknowledged() == 0);
    assertTrue(coordinator.lostAcknowledgements.get() < 0, "an acknowledgement came after it");
  }

  @Test
  void nobodyThereIsSaidInTimeWithTheAddress() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    ClusterBuilder builder =
        Cluster.builder().coordinator("127.0.0.1:" + port).connectTimeout(Duration.ofMillis(300));
    String message = assertThrows(ClusterUnreachableException.class, builder::connect).getMessage();
    assertTrue(message.contains("127.0.0.1:" + port), message);
    assertTrue(message.contains("farpool coordinator"), message);
    assertThrows(IllegalArgumentException.class, () -> Cluster.connect("nonsense"));
  }

  @Test
  void theProgramsClassesAreShipped() {
    String name = JavaCalls.class.getName().replace('.', '/') + ".class";
    assertTrue(
        coordinator.blobs().all().values().stream()
            .anyMatch(jar -> new String(jar, StandardCharsets.ISO_8859_1).contains(name)));
  }
}
