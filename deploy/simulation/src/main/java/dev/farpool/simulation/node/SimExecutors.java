package dev.farpool.simulation.node;

import dev.farpool.simulation.time.VirtualProcess;
import dev.farpool.v1.PoolSpec;
import dev.farpool.worker.core.Command;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** The executors of one worker process. */
final class SimExecutors {
  private final VirtualProcess agent;
  private final String instance;
  private final ExecutorHabits habits;
  private final RandomGenerator random;
  private final Observer observer;
  private final Consumer<Command> mailbox;
  private final Map<Long, SimExecutor> byId = new LinkedHashMap<>();

  SimExecutors(
      VirtualProcess agent,
      String instance,
      ExecutorHabits habits,
      RandomGenerator random,
      Observer observer,
      Consumer<Command> mailbox) {
    this.agent = agent;
    this.instance = instance;
    this.habits = habits;
    this.random = random;
    this.observer = observer;
    this.mailbox = mailbox;
    agent.atDeath(() -> living().forEach(SimExecutor::orphaned));
  }

  VirtualProcess agent() {
    return agent;
  }

  ExecutorHabits habits() {
    return habits;
  }

  RandomGenerator random() {
    return random;
  }

  /** Starts one, for no pool yet if there is no {@code spec}. */
  void start(long id, PoolSpec spec) {
    VirtualProcess process =
        new VirtualProcess(agent.name() + "/" + id, agent.timeline(), agent.drift(), random);
    byId.put(id, new SimExecutor(this, id, spec, process));
  }

  /** The executor; null if it is gone. */
  SimExecutor get(long id) {
    return byId.get(id);
  }

  /** Those that are not gone. */
  List<SimExecutor> living() {
    return new ArrayList<>(byId.values());
  }

  void forget(SimExecutor executor) {
    byId.remove(executor.id());
  }

  /** Something reaches the agent. */
  void tell(Command command) {
    agent.run(() -> mailbox.accept(command));
  }

  boolean initializerWorks(PoolSpec spec) {
    return !spec.getInitializer().getArguments().isEmpty();
  }

  int started(SimExecutor executor, int tag, int attempt) {
    agent.timeline().note("starts", agent.name(), executor.id(), tag, attempt);
    return observer.started(instance, tag, attempt);
  }

  void ended(SimExecutor executor, int run, boolean died) {
    agent.timeline().note(died ? "dies" : "ends", agent.name(), executor.id(), run);
    observer.ended(instance, run, died);
  }
}
