package dev.farpool.cli;

import dev.farpool.cli.map.Job;
import dev.farpool.cli.map.Tally;
import dev.farpool.v1.Command;
import dev.farpool.v1.Commands;
import dev.farpool.v1.Rejection;
import dev.farpool.v1.SubmitResponse;
import dev.farpool.v1.TaskBatch;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * Gives jobs to the pool, on a thread of its own: what has gathered while the last batch was on its
 * way goes as the next. What waits here is bounded by whoever lets jobs begin.
 */
final class MapSubmitter {
  private static final int MOST_JOBS = 1000;
  private static final int MOST_BYTES = 1 << 20;
  private static final long SHORTEST_PAUSE_MILLIS = 50;
  private static final Job WAKE = new Job(0, 0, 0, List.of(), null);

  private final CommandPool pool;
  private final Command settings;
  private final Tally tally;
  private final Consumer<Job> dropped;
  private final BlockingQueue<Job> waiting = new LinkedBlockingQueue<>();
  private final Map<Long, Job> submitted = new ConcurrentHashMap<>();
  private long next;

  /**
   * @param dropped takes jobs that are not run because the run stops
   */
  MapSubmitter(CommandPool pool, Command settings, Tally tally, Consumer<Job> dropped) {
    this.pool = pool;
    this.settings = settings;
    this.tally = tally;
    this.dropped = dropped;
  }

  void add(Job job) {
    waiting.add(job);
  }

  /** The run stops soon: what waits is dropped, and what has not started is cancelled. */
  void stopSoon() {
    waiting.add(WAKE);
  }

  /** The job of a task; null if it has left. */
  Job job(long index) {
    return submitted.get(index);
  }

  /** The same, and it leaves. */
  Job take(long index) {
    return submitted.remove(index);
  }

  /**
   * Submits until it is interrupted.
   *
   * @throws StatusRuntimeException if the coordinator refuses or is lost
   * @throws CommandException if it refuses the jobs
   */
  void run() throws InterruptedException {
    while (true) {
      Job first = waiting.take();
      if (tally.isStopping()) {
        drop(first);
        pool.cancelQueued(next);
      } else {
        submit(gather(first));
      }
    }
  }

  private void drop(Job first) {
    for (Job job = first; job != null; job = waiting.poll()) {
      if (job != WAKE) {
        dropped.accept(job);
      }
    }
  }

  private List<Job> gather(Job first) {
    List<Job> batch = new ArrayList<>();
    long bytes = 0;
    for (Job job = first; job != null; job = waiting.poll()) {
      batch.add(job);
      bytes += job.cost();
      if (bytes >= MOST_BYTES || batch.size() >= MOST_JOBS) {
        break;
      }
    }
    return batch;
  }

  private void submit(List<Job> jobs) throws InterruptedException {
    Commands.Builder commands = Commands.newBuilder();
    for (Job job : jobs) {
      submitted.put(next + commands.getCommandsCount(), job);
      commands.addCommands(settings.toBuilder().addAllArgv(job.command()));
    }
    TaskBatch batch = TaskBatch.newBuilder().setFirstIndex(next).setCommands(commands).build();
    SubmitResponse response = pool.submit(batch);
    while (isFull(response) && !tally.isStopping()) {
      Thread.sleep(Math.max(SHORTEST_PAUSE_MILLIS, pauseMillis(response.getRejected())));
      response = pool.submit(batch);
    }
    if (!response.hasRejected()) {
      next += jobs.size();
    } else if (tally.isStopping()) {
      jobs.forEach(dropped);
    } else {
      throw CommandException.failed(response.getRejected().getMessage());
    }
  }

  private static boolean isFull(SubmitResponse response) {
    return response.getRejected().getReason() == Rejection.Reason.REASON_OVERLOADED;
  }

  private static long pauseMillis(Rejection full) {
    return full.getRetryAfter().getSeconds() * 1000 + full.getRetryAfter().getNanos() / 1_000_000;
  }
}
