package dev.farpool.cli;

import dev.farpool.cli.map.Ending;
import dev.farpool.cli.map.Job;
import dev.farpool.cli.map.Printer;
import dev.farpool.cli.map.Tally;
import dev.farpool.v1.PoolEnded;
import dev.farpool.v1.ResultsResponse;
import dev.farpool.v1.TaskOutput;
import dev.farpool.v1.TaskResult;
import dev.farpool.v1.TaskStarted;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;

/** Hears what comes of the jobs: that they begin, what they print, how they end. */
final class MapNews {
  /** Who decides what follows from it. */
  interface Listener {
    /** All jobs that will ever be have ended. */
    void complete();

    /** So many jobs have failed that the run is to stop. */
    void halted();

    /** Nothing more can be written. */
    void broken(IOException cause);
  }

  private static final long ACKNOWLEDGE_AFTER = 1000;

  private final MapSettings settings;
  private final MapOutput output;
  private final Tally tally;
  private final MapSubmitter submitter;
  private final Printer printer;
  private final Listener listener;
  private long lostBytes;

  MapNews(
      MapSettings settings,
      MapOutput output,
      Tally tally,
      MapSubmitter submitter,
      Printer printer,
      Listener listener) {
    this.settings = settings;
    this.output = output;
    this.tally = tally;
    this.submitter = submitter;
    this.printer = printer;
    this.listener = listener;
  }

  /**
   * Follows the pool to its end.
   *
   * @throws StatusRuntimeException if the coordinator refuses or is lost
   */
  PoolEnded follow(CommandPool pool) {
    Iterator<ResultsResponse> news = pool.results();
    PoolEnded end = PoolEnded.getDefaultInstance();
    long unacknowledged = 0;
    while (news.hasNext()) {
      ResultsResponse some = news.next();
      some.getStartedList().forEach(this::started);
      some.getOutputList().forEach(this::printed);
      some.getResultsList().forEach(this::result);
      output.progress().ended(tally.ended(), tally.failed());
      unacknowledged += some.getResultsCount();
      if (unacknowledged >= ACKNOWLEDGE_AFTER) {
        pool.acknowledge(some.getCursor());
        unacknowledged = 0;
      }
      end = some.hasEnded() ? some.getEnded() : end;
    }
    return end;
  }

  /** How much of the output did not arrive. */
  long lostBytes() {
    return lostBytes;
  }

  private void started(TaskStarted start) {
    Job job = submitter.job(start.getIndex());
    if (job != null) {
      job.started(start.getHost(), start.getAttempt(), System.currentTimeMillis());
    }
  }

  private void printed(TaskOutput printed) {
    lostBytes += printed.getDropped();
    Job job = printed.hasIndex() ? submitter.job(printed.getIndex()) : null;
    if (job != null && !settings.byLine()) {
      job.output().add(printed.getStderr(), printed.getData());
      return;
    }
    if (job != null) {
      job.output().count(printed.getStderr(), printed.getData());
    }
    try {
      output.progress().makeWay();
      OutputStream stream = printed.getStderr() ? output.err() : output.out();
      printed.getData().writeTo(stream);
      stream.flush();
    } catch (IOException unwritable) {
      listener.broken(unwritable);
    }
  }

  private void result(TaskResult result) {
    Job job = submitter.take(result.getIndex());
    if (job == null) {
      return;
    }
    Ending ending = MapEndings.of(result);
    if (MapEndings.isAbandoned(result, tally.isStopping())) {
      drop(job);
    } else if (ending.isFailed() && job.tries() < settings.tries() && !tally.isStopping()) {
      job.again();
      submitter.add(job);
    } else {
      end(job, ending);
    }
  }

  private void end(Job job, Ending ending) {
    job.ended(ending, System.currentTimeMillis());
    if (!ending.trouble().isEmpty()) {
      job.output().add(true, MapEndings.told(job, ending));
    }
    boolean complete = tally.ended(ending);
    printer.ended(job);
    if (tally.halting() != null) {
      listener.halted();
    }
    if (complete) {
      listener.complete();
    }
  }

  /** A job will not be run, as the run stops. */
  void drop(Job job) {
    boolean complete = tally.dropped();
    printer.ended(job);
    if (complete) {
      listener.complete();
    }
  }
}
