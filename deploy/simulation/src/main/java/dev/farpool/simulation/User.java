package dev.farpool.simulation;

import dev.farpool.core.Outcome;
import dev.farpool.core.TaskSink;
import dev.farpool.grpc.PoolLink;
import dev.farpool.grpc.PoolListener;
import dev.farpool.grpc.SessionLink;
import dev.farpool.grpc.UnreachableException;
import dev.farpool.simulation.check.Deliveries;
import dev.farpool.simulation.check.Ledger;
import dev.farpool.simulation.check.PoolFacts;
import dev.farpool.simulation.check.TaskFacts;
import dev.farpool.simulation.node.ClientNode;
import dev.farpool.simulation.time.Timeline;
import dev.farpool.simulation.work.PoolPlan;
import dev.farpool.simulation.work.Step;
import dev.farpool.simulation.work.TaskScript;
import dev.farpool.v1.CancelMode;
import dev.farpool.v1.PoolEnded;
import dev.farpool.v1.TaskOptions;
import dev.farpool.v1.TaskOutput;
import dev.farpool.v1.TaskStarted;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** Whoever has a pool, and does with it what the plan says. */
final class User {
  /** Twice the time within which the product promises an answer, and what clocks may drift. */
  private static final long LONGEST_CALL_NANOS = 65_000_000_000L;

  private static final long SLOW_READ_NANOS = 20_000_000L;

  private final ClientNode client;
  private final PoolPlan plan;
  private final Timeline timeline;
  private final Ledger ledger;
  private final Deliveries deliveries;
  private PoolLink pool;
  private PoolFacts facts;
  private int openCalls;
  private boolean closed;

  User(ClientNode client, PoolPlan plan, Timeline timeline, Ledger ledger, Deliveries deliveries) {
    this.client = client;
    this.plan = plan;
    this.timeline = timeline;
    this.ledger = ledger;
    this.deliveries = deliveries;
  }

  ClientNode client() {
    return client;
  }

  /** What is known of the pool; null before it was created. */
  PoolFacts facts() {
    return facts;
  }

  /** How many calls have not been answered. */
  int openCalls() {
    return openCalls;
  }

  private void later(long nanos, Runnable action) {
    timeline.after(nanos, () -> client.process().run(action));
  }

  /** Creates the pool. */
  void begin(SessionLink session) {
    CompletionStage<PoolLink> created =
        session.createPoolAsync(
            PoolSpecs.of(plan),
            (blobs, channels) -> CompletableFuture.completedFuture(null),
            new Listener());
    created.whenComplete(
        (link, refused) -> {
          if (refused == null) {
            created(link);
          } else {
            timeline.note("no pool", client.process().name(), refused);
            later(TimeUnit.SECONDS.toNanos(1), () -> begin(session));
          }
        });
  }

  private void created(PoolLink link) {
    pool = link;
    facts = ledger.pool(plan, link.id());
    timeline.note("pool", client.process().name(), link.id());
    for (Step step : plan.steps()) {
      later(step.atMillis() * 1_000_000L, () -> perform(step));
    }
  }

  private void perform(Step step) {
    if (facts.hasEnded() || closed) {
      return;
    }
    timeline.note(
        "step", client.process().name(), step.getClass().getSimpleName(), step.atMillis());
    if (step instanceof Step.Submit submit) {
      submit(submit);
    } else if (step instanceof Step.Cancel cancel) {
      cancel(waiting(cancel.first(), cancel.count()), cancel.mode());
    } else if (step instanceof Step.Signal signal) {
      waiting(signal.tag(), 1)
          .forEach(
              task -> answered(pool.calls().signal(task.index(), signal.signal()), (a, b) -> {}));
    } else if (step instanceof Step.Explain explain) {
      waiting(explain.tag(), 1).forEach(this::explain);
    } else if (step instanceof Step.Close) {
      close();
    } else {
      facts.askTerminate();
      answered(pool.calls().terminate(), (done, failed) -> terminated(failed));
    }
  }

  private void submit(Step.Submit submit) {
    TaskOptions options = submit.terms().options();
    for (TaskScript script : submit.tasks()) {
      TaskFacts task = ledger.task(facts, script, submit.terms());
      byte[] bytes = script.encode();
      try {
        pool.submit(
            Definitions.of(submit.function()), options, bytes, bytes.length, new Sink(task));
      } catch (IllegalStateException over) {
        // Another step, or the pool's own end, came first: then the pool must have ended.
        facts.withdraw(task);
        if (!facts.hasEnded()) {
          ledger.broken("a submit was refused", over);
        }
        return;
      }
    }
  }

  private List<TaskFacts> waiting(int first, int count) {
    List<TaskFacts> tasks = new ArrayList<>();
    for (int tag = first; tag < first + count; tag++) {
      TaskFacts task = ledger.task(tag);
      if (task != null && task.pool() == facts && task.index() >= 0 && !task.isOver()) {
        tasks.add(task);
      }
    }
    return tasks;
  }

  /** Cancels tasks of the pool; unanswered, it is asked for again. */
  void cancel(List<TaskFacts> tasks, CancelMode mode) {
    if (tasks.isEmpty()) {
      return;
    }
    tasks.forEach(TaskFacts::askCancel);
    long[] indexes = tasks.stream().mapToLong(TaskFacts::index).sorted().toArray();
    answered(
        pool.calls().cancel(mode, indexes),
        (any, failed) -> {
          if (failed == null && any && tasks.size() == 1) {
            deliveries.cancelAcknowledged(tasks.get(0));
          }
          requireReason(failed);
        });
  }

  private void requireReason(Throwable failed) {
    Throwable cause = failed instanceof CompletionException ? failed.getCause() : failed;
    if (cause != null && !(cause instanceof UnreachableException)) {
      ledger.broken("a call failed without saying that the coordinator is not there", cause);
    }
  }

  private void terminated(Throwable failed) {
    requireReason(failed);
    if (failed == null && facts.tasks().stream().anyMatch(task -> !task.isOver())) {
      // Not an error: outcomes may still be on their way; the end comes after them.
      timeline.note("terminated", facts.id());
    }
  }

  /** Asks why a task waits; there must be an answer. */
  void explain(TaskFacts task) {
    answered(
        pool.calls().explain(task.index()),
        (text, failed) -> {
          timeline.note("explained", task.script().tag(), String.valueOf(text));
          boolean silent = failed != null || text == null || text.isBlank();
          if (silent && !task.isOver()) {
            ledger.violated("silent", task + " waits, and nobody says why: " + failed);
          }
        });
  }

  /** Lets no more tasks in. */
  void close() {
    closed = true;
    if (pool != null) {
      pool.close();
    }
  }

  private <T> void answered(CompletionStage<T> call, BiConsumer<T, Throwable> then) {
    long since = timeline.now();
    openCalls++;
    call.whenComplete(
        (answer, failed) -> {
          openCalls--;
          if (timeline.now() - since > LONGEST_CALL_NANOS && !client.hasStoodStill()) {
            ledger.violated("L2", "a call was answered only after " + (timeline.now() - since));
          }
          then.accept(answer, failed);
        });
  }

  private final class Sink implements TaskSink {
    private final TaskFacts task;

    Sink(TaskFacts task) {
      this.task = task;
    }

    @Override
    public void indexed(long index) {
      facts.indexed(task, index);
    }

    @Override
    public void accept(Outcome outcome) {
      timeline.note("outcome", task.script().tag(), outcome.getClass().getSimpleName());
      deliveries.delivered(task, outcome);
    }
  }

  private final class Listener implements PoolListener {
    @Override
    public Executor outputThread() {
      return plan.slowReader() ? shown -> later(SLOW_READ_NANOS, shown) : Runnable::run;
    }

    @Override
    public void printed(List<TaskOutput> output) {
      deliveries.printed(facts, output);
    }

    @Override
    public void started(List<TaskStarted> starts) {
      if (!plan.reportStarts()) {
        ledger.violated("starts", "starts of pool " + facts.id() + " were not asked for");
      }
    }

    @Override
    public void ended(PoolEnded ended) {
      timeline.note("ended", facts == null ? "?" : facts.id(), ended);
      if (facts != null) {
        deliveries.ended(facts);
      }
    }
  }
}
