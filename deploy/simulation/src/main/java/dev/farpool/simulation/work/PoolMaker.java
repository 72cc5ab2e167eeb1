package dev.farpool.simulation.work;

import dev.farpool.simulation.work.TaskScript.Ending;
import dev.farpool.v1.CancelMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws what users do. */
public final class PoolMaker {
  private static final List<CancelMode> MODES =
      List.of(
          CancelMode.CANCEL_MODE_QUEUED_ONLY,
          CancelMode.CANCEL_MODE_INTERRUPT,
          CancelMode.CANCEL_MODE_KILL);

  /** What tasks can ask for: the slots and the label of a worker. */
  public record Room(int cores, String label) {}

  private final RandomGenerator random;
  private final List<Room> rooms;
  private final int millis;
  private final int mostTasks;
  private int tags;

  /**
   * @param rooms those of the workers
   * @param millis within which everything is submitted
   * @param mostTasks how many tasks are submitted at a time at most
   */
  public PoolMaker(RandomGenerator random, List<Room> rooms, int millis, int mostTasks) {
    this.random = random;
    this.rooms = rooms;
    this.millis = millis;
    this.mostTasks = mostTasks;
  }

  private boolean chance(double part) {
    return random.nextDouble() < part;
  }

  /** Another pool. */
  public PoolPlan pool(int clients) {
    boolean ofProcesses = chance(0.1);
    boolean broken = chance(0.03);
    List<Step> steps = new ArrayList<>();
    int first = tags;
    int submits = 1 + random.nextInt(6);
    for (int i = 0; i < submits; i++) {
      steps.add(submit(ofProcesses));
    }
    addChangesOfMind(steps, first);
    steps.sort(Comparator.comparingInt(Step::atMillis));
    return new PoolPlan(
        random.nextInt(clients),
        random.nextInt(1 + millis / 4),
        chance(0.3) ? 1 : 1 + random.nextInt(8),
        ofProcesses,
        broken || chance(0.15),
        broken,
        chance(0.15) ? 1 + random.nextInt(5) : 0,
        chance(0.3),
        chance(0.5) ? 200 : 2000,
        chance(0.15),
        List.copyOf(steps));
  }

  private int sometime() {
    return chance(0.3) ? 0 : random.nextInt(millis);
  }

  private Step.Submit submit(boolean ofProcesses) {
    TaskTerms terms = terms();
    int count = chance(0.4) ? 1 : 1 + random.nextInt(ofProcesses ? 5 : mostTasks);
    boolean alike = chance(0.5);
    List<TaskScript> tasks = new ArrayList<>();
    int micros = micros();
    for (int i = 0; i < count; i++) {
      tasks.add(script(alike ? micros : micros()));
    }
    return new Step.Submit(sometime(), random.nextInt(3), terms, List.copyOf(tasks));
  }

  private TaskTerms terms() {
    if (chance(0.6)) {
      return TaskTerms.PLAIN;
    }
    Room room = rooms.get(random.nextInt(rooms.size()));
    String label = chance(0.2) ? room.label() : "";
    if (chance(0.04)) {
      label = TaskTerms.NOWHERE;
    }
    return new TaskTerms(
        chance(0.3) ? 1 + random.nextInt(room.cores()) : 1,
        chance(0.3),
        chance(0.3) ? 1 + random.nextInt(5) : 0,
        chance(0.2) ? 50 + random.nextInt(3000) : 0,
        chance(0.15) ? 50 + random.nextInt(20_000) : 0,
        label);
  }

  private int micros() {
    double kind = random.nextDouble();
    if (kind < 0.55) {
      return random.nextInt(1000);
    }
    if (kind < 0.85) {
      return random.nextInt(100_000);
    }
    return random.nextInt(kind < 0.98 ? 1_500_000 : 12_000_000);
  }

  private TaskScript script(int micros) {
    return new TaskScript(
        tags++,
        ending(),
        micros,
        chance(0.1) ? 1 + random.nextInt(3) : 0,
        chance(0.1) ? 12 + random.nextInt(200) : 12,
        chance(0.05));
  }

  private Ending ending() {
    double kind = random.nextDouble();
    if (kind < 0.9) {
      return Ending.RETURNS;
    }
    if (kind < 0.94) {
      return Ending.THROWS;
    }
    if (kind < 0.97) {
      return Ending.KILLS_ITS_FIRST_EXECUTOR;
    }
    if (kind < 0.98) {
      return Ending.KILLS_ITS_EXECUTOR;
    }
    return kind < 0.99 ? Ending.EXITS : Ending.RUNS_ON;
  }

  private void addChangesOfMind(List<Step> steps, int first) {
    int count = tags - first;
    for (int i = random.nextInt(4); i > 0; i--) {
      int tag = first + random.nextInt(count);
      int many = chance(0.6) ? 1 : 1 + random.nextInt(count);
      CancelMode mode = MODES.get(random.nextInt(MODES.size()));
      steps.add(new Step.Cancel(sometime(), tag, Math.min(many, first + count - tag), mode));
    }
    if (chance(0.3)) {
      steps.add(new Step.Explain(sometime(), first + random.nextInt(count)));
    }
    if (chance(0.1)) {
      int signal = chance(0.5) ? 15 : 9;
      steps.add(new Step.Signal(sometime(), first + random.nextInt(count), signal));
    }
    if (chance(0.3)) {
      int last = steps.stream().mapToInt(Step::atMillis).max().orElse(0);
      steps.add(new Step.Close(last + random.nextInt(1000)));
    }
    if (chance(0.1)) {
      steps.add(new Step.Terminate(sometime()));
    }
  }
}
