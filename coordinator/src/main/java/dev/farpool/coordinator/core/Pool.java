package dev.farpool.coordinator.core;

import dev.farpool.coordinator.history.PoolKey;
import dev.farpool.v1.Failure;
import dev.farpool.v1.FunctionDefinition;
import dev.farpool.v1.PoolEnded;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.PoolStatus;
import dev.farpool.v1.TaskOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A client's pool: its queue, its results, and what it has of the workers. */
final class Pool {
  /** Names it on the streams of workers; grows for ever. At least 1. */
  final long number;

  final String id;

  /** What is remembered of it refers to it by this. */
  final PoolKey key;

  final PoolSpec spec;
  final Session session;
  final long createdNanos;

  final Held held;
  final TaskQueue queue;
  final ResultLog log;
  final Prints prints;
  final List<FunctionDefinition> functions = new ArrayList<>();
  final Map<Worker, Allotment> allotments = new LinkedHashMap<>();

  /** Allotments that may have fewer slots than they have had: their executors may be warm. */
  final Set<Allotment> warm = new LinkedHashSet<>();

  /** Allotments that may take more tasks than they have, each once; the next in turn first. */
  final Deque<Allotment> hungry = new ArrayDeque<>();

  private final Set<Integer> functionNumbers = new HashSet<>();
  private final int defaultAttempts;
  private TaskOptions termsOf;
  private Terms terms;

  PoolStatus.State state = PoolStatus.State.STATE_RUN;

  /** Why it is broken, once it is. */
  Failure cause = Failure.getDefaultInstance();

  /** Failures of the initializer since an executor was last made ready. */
  int initializerFailures;

  /** How many of its allotments are banned. */
  int bans;

  private int lanes;

  /** Its processes, or what workers came with beyond that, until it has become less. */
  private int laneCeiling;

  /** Tasks without an outcome, those included that are to be submitted again after a restart. */
  long unfinished;

  long succeeded;
  long failed;

  /** The call that follows it; 0 for none. */
  long call;

  /** Whether that call takes more. */
  boolean callReady;

  /** Whether the client was told of the end. */
  boolean endTold;

  /** Whether its executors were told to go. */
  boolean released;

  /** Whether its session counts it among those that have ended and were dealt with. */
  boolean settled;

  /** Whether its session is no more. */
  boolean orphaned;

  /** Whether it is among those in which something happened that is to be delivered. */
  boolean touched;

  /** Whether nobody can ask for it any more; workers may still hold tasks of it. */
  boolean forgotten;

  /** Its place in the dispatcher's order; −1 when it is not there. */
  long readyRank = -1;

  Pool(
      long number,
      String id,
      PoolSpec spec,
      Session session,
      int defaultAttempts,
      Resumption resumption,
      Held held,
      long nowNanos) {
    this.number = number;
    this.id = id;
    this.key = new PoolKey(session.owner, id);
    this.spec = spec;
    this.session = session;
    this.defaultAttempts = defaultAttempts;
    this.createdNanos = nowNanos;
    this.prints = new Prints(spec.getPacedOutput());
    this.held = held.part();
    this.queue = new TaskQueue(resumption, this.held);
    this.unfinished = queue.missing().count();
    this.log = new ResultLog(this.held);
  }

  /** How many tasks wait, those included that are to be submitted again after a restart. */
  long waiting() {
    return queue.waiting() + queue.missing().count();
  }

  boolean isRunning() {
    return state == PoolStatus.State.STATE_RUN;
  }

  /** How many of its tasks may run now, on all workers together. */
  int lanes() {
    return lanes;
  }

  void addLanes(int more) {
    lanes += more;
    laneCeiling = Math.max(spec.getProcesses(), Math.min(laneCeiling, lanes));
  }

  /** Workers came with tasks that may run already. */
  void bringLanes(int more) {
    lanes += more;
    laneCeiling = Math.max(spec.getProcesses(), lanes);
  }

  /** Whether no task was let run beyond its limit. */
  boolean isWithinProcesses() {
    return lanes <= laneCeiling;
  }

  boolean isAtLimit() {
    return lanes >= spec.getProcesses();
  }

  /** Whether it accepts no more and every task has its outcome. */
  boolean hasEnded() {
    return !isRunning() && unfinished == 0;
  }

  void define(FunctionDefinition function) {
    if (functionNumbers.add(function.getNumber())) {
      functions.add(function);
    }
  }

  boolean hasFunction(int functionNumber) {
    return functionNumbers.contains(functionNumber);
  }

  /** The terms of a batch's options; batches with equal options share them. */
  Terms terms(TaskOptions options) {
    if (!options.equals(termsOf)) {
      termsOf = options;
      terms = Terms.of(options, spec, defaultAttempts);
    }
    return terms;
  }

  PoolEnded ended() {
    PoolEnded.Builder ended = PoolEnded.newBuilder();
    return switch (state) {
      case STATE_TERMINATE -> ended.setHow(PoolEnded.How.HOW_TERMINATED).build();
      case STATE_BROKEN -> ended.setHow(PoolEnded.How.HOW_BROKEN).setCause(cause).build();
      default -> ended.setHow(PoolEnded.How.HOW_CLOSED).build();
    };
  }

  /** For people: its name, or its id. */
  String label() {
    return spec.getName().isEmpty() ? id : spec.getName();
  }
}
