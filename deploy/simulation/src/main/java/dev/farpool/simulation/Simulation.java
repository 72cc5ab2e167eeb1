package dev.farpool.simulation;

import dev.farpool.grpc.SessionLink;
import dev.farpool.simulation.check.Deliveries;
import dev.farpool.simulation.check.Ledger;
import dev.farpool.simulation.check.TaskFacts;
import dev.farpool.simulation.fault.Profile;
import dev.farpool.simulation.node.BlobShelf;
import dev.farpool.simulation.node.ClientNode;
import dev.farpool.simulation.time.Timeline;
import dev.farpool.simulation.work.PoolPlan;
import dev.farpool.simulation.work.TaskScript.Ending;
import dev.farpool.simulation.work.TaskTerms;
import dev.farpool.v1.CancelMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/**
 * One run of a scenario: faults first, then none and everything must come to its end, then all must
 * be at rest.
 */
public final class Simulation {
  private static final long SECOND = 1_000_000_000L;
  private static final long EVENTS_BETWEEN_CHECKS = 100;
  private static final long MOST_EVENTS = 5_000_000;

  private final Scenario scenario;
  private final Timeline timeline = new Timeline();
  private final BlobShelf blobs = new BlobShelf();
  private final Ledger ledger;
  private final Deliveries deliveries;
  private final Cluster cluster;
  private final Disturber disturber;
  private final List<User> users = new ArrayList<>();
  private final Map<ClientNode, CompletionStage<SessionLink>> sessions = new LinkedHashMap<>();

  /** A run that has not begun. */
  public Simulation(Scenario scenario) {
    this.scenario = scenario;
    boolean startsFail = scenario.settings().executors().startFailures() > 0;
    boolean undisturbed = scenario.faults().isEmpty();
    // Over a slow network what was sent and what comes back pass each other.
    boolean inOrder = undisturbed && scenario.profile() != Profile.SLOW;
    this.ledger = new Ledger(timeline, inOrder);
    this.deliveries = new Deliveries(ledger, blobs, undisturbed, startsFail);
    this.cluster = new Cluster(scenario, timeline, ledger, blobs);
    this.disturber = new Disturber(cluster, timeline, this::clientGone);
  }

  /** Runs it to its end, or to the first violation. */
  public Verdict run() {
    try {
      disturb();
      if (isFine() && finish() && leave()) {
        rest();
      }
    } catch (RuntimeException thrown) {
      ledger.broken("an exception came out of the product", thrown);
    }
    return new Verdict(
        scenario,
        ledger.violation(),
        timeline.happened(),
        timeline.now(),
        timeline.trace().hash(),
        ledger.runs(),
        isFine() ? List.of() : timeline.trace().last()); // Words for it take a while.
  }

  private boolean isFine() {
    return ledger.violation() == null;
  }

  /** Lets time pass until something is so; false if it is not by then, or something is wrong. */
  private boolean await(long until, BooleanSupplier done) {
    while (isFine() && !done.getAsBoolean()) {
      if (!timeline.step(until)) {
        return done.getAsBoolean();
      }
      if (timeline.happened() % EVENTS_BETWEEN_CHECKS == 0 && cluster.coordinator() != null) {
        cluster.coordinator().checkInvariants();
      }
      if (timeline.happened() > MOST_EVENTS) {
        ledger.violated("L1", "it does not come to rest: " + MOST_EVENTS + " events");
      }
    }
    return isFine();
  }

  private void pass(long nanos) {
    await(timeline.now() + nanos, () -> false);
  }

  private void disturb() {
    cluster.start();
    for (ClientNode client : cluster.clients()) {
      timeline.after(0, () -> client.process().run(() -> sessions.put(client, client.open())));
    }
    for (PoolPlan plan : scenario.pools()) {
      ClientNode client = cluster.clients().get(plan.client());
      User user = new User(client, plan, timeline, ledger, deliveries);
      users.add(user);
      timeline.after(
          plan.atMillis() * 1_000_000L,
          () -> client.process().run(() -> sessions.get(client).thenAccept(user::begin)));
    }
    scenario.faults().forEach(disturber::plan);
    pass(scenario.quietMillis() * 1_000_000L);
    disturber.healAll();
  }

  private void clientGone(int client) {
    for (User user : users) {
      if (user.client() == cluster.clients().get(client) && user.facts() != null) {
        user.facts().abandon();
      }
    }
  }

  private List<User> remaining() {
    return users.stream().filter(user -> user.client().process().isAlive()).toList();
  }

  /** Every task must come to its end, and then every pool. */
  private boolean finish() {
    List<User> owed = remaining();
    long bound = timeline.now() + new Patience(scenario).nanos();
    pass(5 * SECOND);
    owed.forEach(user -> endless(user).forEach(user::explain));
    pass(3 * SECOND);
    while (isFine() && timeline.now() < bound && owed.stream().anyMatch(user -> !hasEnded(user))) {
      for (User user : owed) {
        if (user.facts() != null) {
          user.client()
              .process()
              .run(
                  () ->
                      endless(user)
                          .forEach(
                              task -> user.cancel(List.of(task), CancelMode.CANCEL_MODE_KILL)));
          user.client().process().run(user::close);
        }
      }
      await(
          Math.min(bound, timeline.now() + 10 * SECOND),
          () -> owed.stream().allMatch(Simulation::hasEnded));
    }
    owed.stream().filter(user -> !hasEnded(user)).findFirst().ifPresent(this::blame);
    return isFine();
  }

  private static boolean hasEnded(User user) {
    return user.facts() != null && user.facts().hasEnded();
  }

  /** Tasks that only a cancel ends. */
  private static List<TaskFacts> endless(User user) {
    if (user.facts() == null || user.facts().hasEnded()) {
      return List.of();
    }
    return user.facts().tasks().stream()
        .filter(
            task ->
                !task.isOver()
                    && (task.script().ending() == Ending.RUNS_ON
                        || task.terms().label().equals(TaskTerms.NOWHERE)))
        .toList();
  }

  private void blame(User user) {
    if (!isFine()) {
      return;
    }
    if (user.facts() == null) {
      ledger.violated("L1", "a pool of " + user.client().process().name() + " was never created");
      return;
    }
    Spectator spectator = new Spectator(cluster, timeline);
    for (TaskFacts task : user.facts().tasks()) {
      if (!task.isOver()) {
        String why = spectator.explain(user.facts().id(), task.index());
        ledger.violated("L1", task + " has no outcome; the coordinator says: " + why);
        return;
      }
    }
    ledger.violated("L1", "pool " + user.facts().id() + " has all its outcomes and does not end");
  }

  /** Sessions are closed; every call must have been answered. */
  private boolean leave() {
    List<ClientNode> living =
        cluster.clients().stream().filter(client -> client.process().isAlive()).toList();
    int[] open = {0};
    for (ClientNode client : living) {
      open[0]++;
      client
          .process()
          .run(
              () ->
                  sessions
                      .get(client)
                      .thenCompose(SessionLink::close)
                      .whenComplete((done, failed) -> open[0]--));
    }
    BooleanSupplier answered =
        () -> open[0] == 0 && remaining().stream().allMatch(user -> user.openCalls() == 0);
    if (!await(timeline.now() + 70 * SECOND, answered) && isFine()) {
      ledger.violated("L2", open[0] + " sessions were not closed, or calls not answered");
    }
    return isFine();
  }

  /** Nothing runs, nothing is held, nobody waits. */
  private void rest() {
    if (!scenario.faults().isEmpty()) { // A client may be gone without a word.
      pass(scenario.settings().limits().sessionGrace().toNanos() * 11 / 10 + 2 * SECOND);
    }
    pass(20 * SECOND);
    boolean slow = scenario.settings().network().spikeChance() > 0;
    new Rest(cluster, ledger, timeline, slow).check(this::pass);
  }
}
