package dev.farpool.simulation.node;

import dev.farpool.common.SerialLoop;
import dev.farpool.common.Surroundings;
import dev.farpool.simulation.net.SimChannel;
import dev.farpool.simulation.time.VirtualProcess;
import dev.farpool.worker.core.Agent;
import dev.farpool.worker.core.Command;
import dev.farpool.worker.core.Identity;
import dev.farpool.worker.core.Standby;
import dev.farpool.worker.grpc.AttachLink;
import dev.farpool.worker.grpc.LinkListener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** A worker process: the product's agent and its link, around simulated executors. */
public final class WorkerNode {
  private static final int MOST_STANDBY = 2;
  private static final long LEAST_ALARM_NANOS = 1_000_000;

  private final VirtualProcess process;
  private final Observer observer;
  private final SimExecutors executors;
  private final SerialLoop<Command> loop;
  private final Agent agent;
  private final AttachLink link;
  private final String instance;
  private final long originNanos;
  private ScheduledFuture<?> alarm;
  private boolean left;

  /**
   * @param random draws how executors behave
   */
  public WorkerNode(
      VirtualProcess process,
      String name,
      int cores,
      Map<String, String> labels,
      SimChannel channel,
      ExecutorHabits habits,
      BlobShelf blobs,
      RandomGenerator random,
      Observer observer) {
    this.process = process;
    this.observer = observer;
    Surroundings surroundings = process.surroundings();
    this.originNanos = process.nanoTime();
    this.instance = surroundings.ids().get();
    this.loop = new SerialLoop<>(this::handle, process.timer());
    this.executors = new SimExecutors(process, instance, habits, random, observer, loop::post);
    SimEffects effects = new SimEffects(executors, blobs, random, () -> left = true);
    Identity identity = new Identity(name, instance, name, 1, cores, labels, "1");
    Standby standby = new Standby(random.nextInt(MOST_STANDBY + 1), MOST_STANDBY);
    this.agent = new Agent(identity, standby, effects);
    this.link = new AttachLink(channel, surroundings, loop::post, new Listener());
    effects.connect(link);
  }

  /** Reaches for the coordinator. */
  public void start() {
    process.run(link::open);
  }

  /** Takes no more tasks and leaves when what runs has ended. */
  public void drain() {
    process.run(() -> loop.post((sameAgent, now) -> agent.drain("it is drained")));
  }

  /** The process around it. */
  public VirtualProcess process() {
    return process;
  }

  /** Names this process among all that had the worker's name. */
  public String instance() {
    return instance;
  }

  /** Whether it has left in good order. */
  public boolean hasLeft() {
    return left;
  }

  /** How many executors work for a pool. */
  public int executors() {
    return (int) executors.living().stream().filter(executor -> !executor.isWithoutPool()).count();
  }

  /** Kills one of its executors, if it has any. */
  public void killExecutor(int which) {
    List<SimExecutor> living = executors.living();
    if (!living.isEmpty()) {
      living.get(which % living.size()).signal(SimExecutor.SIGKILL);
    }
  }

  private void handle(List<Command> batch) {
    try {
      long now = process.nanoTime() - originNanos;
      agent.begin(now);
      for (Command command : batch) {
        command.apply(agent, now);
      }
      agent.settle(now);
      setAlarm(agent.due() - now);
    } catch (RuntimeException bug) {
      observer.broken("worker " + process.name(), bug);
    }
  }

  private void setAlarm(long delayNanos) {
    long delay = Math.max(LEAST_ALARM_NANOS, Math.min(delayNanos, TimeUnit.HOURS.toNanos(1)));
    long pending = alarm == null ? 0 : alarm.getDelay(TimeUnit.NANOSECONDS);
    if (pending > 0 && pending <= delay) {
      return;
    }
    if (pending > 0) {
      alarm.cancel(false);
    }
    alarm =
        process
            .timer()
            .schedule(() -> loop.post((sameAgent, now) -> {}), delay, TimeUnit.NANOSECONDS);
  }

  private final class Listener implements LinkListener {
    @Override
    public void attached() {
      process.timeline().note("attached", process.name());
    }

    @Override
    public void lost(String reason) {
      process.timeline().note("lost", process.name(), reason);
    }

    @Override
    public void refused(String reason) {
      observer.broken("worker " + process.name() + " was refused: " + reason, null);
    }

    @Override
    public void left() {
      process.timeline().note("left", process.name());
    }
  }
}
