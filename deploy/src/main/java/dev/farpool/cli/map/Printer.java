package dev.farpool.cli.map;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Writes what jobs printed, one job after the other, and then its line in the log: who is in the
 * log has been printed. It has a thread of its own, so that a slow reader of output holds up nobody
 * who receives it.
 *
 * <p>What waits here is bounded by whoever lets jobs begin.
 */
public final class Printer {
  /** Where jobs leave to. */
  public interface Target {
    /** Something is about to be written. */
    void beforeOutput();

    /** A job is dealt with. */
    void left(Job job);

    /** Nothing more can be written; jobs still leave. */
    void broken(IOException cause);
  }

  private static final Job END = new Job(0, 0, 0, null, null);

  private final boolean keepOrder;
  private final OutputStream out;
  private final OutputStream err;
  private final JobLog log;
  private final Target target;
  private final BlockingQueue<Job> ended = new LinkedBlockingQueue<>();
  private final PriorityQueue<Job> early =
      new PriorityQueue<>(Comparator.comparingLong(Job::place));
  private final Thread thread = new Thread(this::run, "map-output");
  private long nextPlace;
  private boolean broken;

  /**
   * @param log null for none
   */
  public Printer(boolean keepOrder, OutputStream out, OutputStream err, JobLog log, Target target) {
    this.keepOrder = keepOrder;
    this.out = out;
    this.err = err;
    this.log = log;
    this.target = target;
    thread.setDaemon(true);
  }

  /** Begins to write. */
  public void start() {
    thread.start();
  }

  /** A job has ended, or will not be run any more. */
  public void ended(Job job) {
    ended.add(job);
  }

  /** Waits until all is written; no more jobs may end. */
  public void finish() throws InterruptedException {
    ended.add(END);
    thread.join();
  }

  private void run() {
    try {
      for (Job job = take(); job != END; job = take()) {
        if (keepOrder) {
          early.add(job);
          printInOrder(false);
        } else {
          print(job);
        }
      }
      printInOrder(true);
      flush();
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
  }

  private Job take() throws InterruptedException {
    Job job = ended.poll();
    if (job == null) {
      flush();
      job = ended.take();
    }
    return job;
  }

  private void printInOrder(boolean all) {
    while (!early.isEmpty() && (all || early.peek().place() == nextPlace)) {
      print(early.poll());
      nextPlace++;
    }
  }

  private void print(Job job) {
    attempt(
        () -> {
          if (job.ending() != null) {
            target.beforeOutput();
            job.output().drainTo(out, err);
            if (log != null) {
              log.add(job);
            }
          }
        });
    job.output().clear();
    target.left(job);
  }

  private void flush() {
    attempt(
        () -> {
          err.flush();
          out.flush();
          if (log != null) {
            log.flush();
          }
        });
  }

  private interface Writing {
    void run() throws IOException;
  }

  private void attempt(Writing writing) {
    if (broken) {
      return;
    }
    try {
      writing.run();
    } catch (IOException failed) {
      broken = true;
      target.broken(failed);
    } catch (UncheckedIOException failed) {
      broken = true;
      target.broken(failed.getCause());
    }
  }
}
