package dev.farpool.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.chaos.kit.Launched;
import dev.farpool.chaos.kit.Sandbox;
import dev.farpool.dist.traces.CollectedSpan;
import dev.farpool.dist.traces.Collector;
import dev.farpool.dist.traces.TracedCluster;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Traces through all processes of a cluster, as a collector gets them. */
@Timeout(120)
class TracingIT {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";

  private static Sandbox sandbox;
  private static Collector collector;
  private static Map<String, String> traced;
  private static TracedCluster cluster;

  @BeforeAll
  static void startCluster() throws Exception {
    sandbox = new Sandbox();
    collector = new Collector();
    traced =
        Map.of(
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            collector.grpcEndpoint(),
            "OTEL_BSP_SCHEDULE_DELAY",
            "50");
    cluster = new TracedCluster(sandbox, traced);
  }

  @AfterAll
  static void stopCluster() throws Exception {
    sandbox.close();
    collector.close();
  }

  @Test
  void oneTraceGoesThroughProgramCoordinatorAndWorkerIntoTheTask() throws Exception {
    Launched program = cluster.program(traced, "span");

    List<CollectedSpan> spans = collector.await(traceOf(program), 5);
    CollectedSpan caller = only(spans, "caller");
    CollectedSpan call = only(spans, "apply sums");
    CollectedSpan wait = only(spans, "wait sums");
    CollectedSpan attempt = only(spans, "attempt sums");
    CollectedSpan run = only(spans, "run sums");
    assertEquals(caller.id(), call.parent());
    assertEquals(call.id(), wait.parent());
    assertEquals(call.id(), attempt.parent());
    assertEquals(attempt.id(), run.parent());
    assertEquals("farpool-coordinator", wait.service());
    assertEquals("farpool-coordinator", attempt.service());
    assertEquals("farpool-worker", run.service());
    assertEquals("w1", run.attribute("farpool.worker.name"));
    assertEquals("1", run.attribute("farpool.task.attempt"));
    assertEquals(call.attribute("farpool.pool.id"), run.attribute("farpool.pool.id"));
    assertTrue(spans.stream().noneMatch(CollectedSpan::isError), spans::toString);
    assertTrue(program.out().contains("result " + run.id()), program::toString);
  }

  @Test
  void aFailureIsToldByEverySpanOnItsWay() throws Exception {
    List<CollectedSpan> spans = collector.await(traceOf(cluster.program(traced, "fail")), 5);

    for (String name : List.of("apply sums", "attempt sums", "run sums")) {
      CollectedSpan failed = only(spans, name);
      assertTrue(failed.isError(), name);
      assertEquals("java.lang.IllegalStateException", failed.attribute("error.type"), name);
      assertEquals("not today", failed.span().getStatus().getMessage(), name);
      assertEquals("exception", failed.span().getEvents(0).getName(), name);
    }
    assertFalse(only(spans, "wait sums").isError());
  }

  @Test
  void eachAttemptHasItsOwnSpans() throws Exception {
    String mark = sandbox.directory().resolve("mark").toString();

    List<CollectedSpan> spans =
        collector.await(traceOf(cluster.program(traced, "die-once", mark)), 8);

    CollectedSpan call = only(spans, "apply sums");
    assertFalse(call.isError());
    for (String number : List.of("1", "2")) {
      CollectedSpan attempt = only(spans, "attempt sums", number);
      CollectedSpan run = only(spans, "run sums", number);
      assertEquals(call.id(), attempt.parent());
      assertEquals(call.id(), only(spans, "wait sums", number).parent());
      assertEquals(attempt.id(), run.parent());
      assertEquals(number.equals("1"), attempt.isError());
      assertEquals(number.equals("1") ? "process_died" : "", run.attribute("error.type"));
    }
  }

  @Test
  void aMapIsOneCallOfManyTasks() throws Exception {
    List<CollectedSpan> spans = collector.await(traceOf(cluster.program(traced, "map")), 11);

    CollectedSpan call = only(spans, "map sums");
    assertEquals("3", call.attribute("messaging.batch.message_count"));
    List<CollectedSpan> attempts = named(spans, "attempt sums");
    assertEquals(3, attempts.size());
    for (CollectedSpan attempt : attempts) {
      assertEquals(call.id(), attempt.parent());
      assertEquals(
          1, spans.stream().filter(run -> run.parent().equals(attempt.id())).count(), "runs");
    }
  }

  @Test
  void aCommandGetsItsSpanInItsEnvironment() throws Exception {
    Map<String, String> environment = new HashMap<>(traced);
    environment.put("TRACEPARENT", "00-" + TRACE + "-" + PARENT + "-01");

    Launched exec = cluster.exec(environment, "echo $TRACEPARENT; exit 3").exits(3);

    List<CollectedSpan> spans = collector.await(TRACE, 4);
    CollectedSpan run = only(spans, "run exec");
    assertEquals(List.of("00-" + TRACE + "-" + run.id() + "-01"), exec.out());
    assertEquals("3", run.attribute("process.exit.code"));
    assertTrue(run.isError());
    CollectedSpan command = only(spans, "exec");
    assertEquals(PARENT, command.parent());
    assertEquals(command.id(), only(spans, "attempt exec").parent());
    assertEquals(only(spans, "attempt exec").id(), run.parent());
  }

  @Test
  void whatIsNoTraceIsPassedOver() throws Exception {
    Launched exec =
        cluster.exec(Map.of("TRACEPARENT", "nonsense"), "echo x${TRACEPARENT}").exits(0);

    assertEquals(List.of("x"), exec.out());
  }

  private static String traceOf(Launched program) throws InterruptedException {
    return program.awaitLine("caller (\\w+) .*").group(1);
  }

  private static List<CollectedSpan> named(List<CollectedSpan> spans, String name) {
    return spans.stream().filter(span -> span.name().equals(name)).toList();
  }

  private static CollectedSpan only(List<CollectedSpan> spans, String name) {
    List<CollectedSpan> found = named(spans, name);
    assertEquals(1, found.size(), () -> name + " in " + spans);
    return found.get(0);
  }

  private static CollectedSpan only(List<CollectedSpan> spans, String name, String attempt) {
    return only(
        spans.stream()
            .filter(span -> span.attribute("farpool.task.attempt").equals(attempt))
            .toList(),
        name);
  }
}
