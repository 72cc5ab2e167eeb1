package dev.farpool.cli;

import dev.farpool.cli.map.InputLines;
import dev.farpool.cli.map.Job;
import dev.farpool.cli.map.JobLog;
import dev.farpool.cli.map.OutputStore;
import dev.farpool.cli.map.Printer;
import dev.farpool.cli.map.Tally;
import dev.farpool.cli.map.Tally.Stop;
import dev.farpool.cli.map.Window;
import dev.farpool.v1.PoolEnded;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One run of {@code farpool map}: one thread reads lines, one submits jobs, one writes what they
 * printed, and the caller's hears what comes of them. Each waits for the next one down, so that
 * memory stays bounded: the input is read no faster than jobs leave.
 */
final class MapRun implements Printer.Target, MapNews.Listener {
  /** The exit code that stands for all numbers of failed jobs above it. */
  static final int MANY_FAILED = 101;

  private static final long WINDOW_BYTES = 32L << 20;
  private static final int SIGPIPE = 128 + 13;

  private final CommandPool pool;
  private final MapSettings settings;
  private final MapProgress progress;
  private final Tally tally;
  private final Window window = new Window(WINDOW_BYTES);
  private final MapSubmitter submitter;
  private final MapInput input;
  private final Printer printer;
  private final MapNews news;
  private final AtomicReference<CommandException> trouble = new AtomicReference<>();
  private volatile int exitCode = -1;

  /**
   * @param log null for none
   */
  MapRun(
      CommandPool pool,
      MapSettings settings,
      InputLines lines,
      OutputStore store,
      MapOutput output,
      JobLog log) {
    this.pool = pool;
    this.settings = settings;
    this.progress = output.progress();
    this.tally = new Tally(settings.halt());
    this.submitter = new MapSubmitter(pool, settings.command(), tally, this::drop);
    this.input = new MapInput(lines, settings, tally, window, store);
    this.printer = new Printer(settings.keepOrder(), output.out(), output.err(), log, this);
    this.news = new MapNews(settings, output, tally, submitter, printer, this);
  }

  /**
   * Runs all jobs.
   *
   * @return the exit code
   * @throws CommandException if they could not all be run
   * @throws StatusRuntimeException if the coordinator refuses or is lost
   */
  int run() throws InterruptedException {
    printer.start();
    begin("map-submit", submitter::run);
    begin("map-input", this::read);
    try {
      PoolEnded end = news.follow(pool);
      if (exitCode < 0) {
        printer.finish();
      }
      return exitCode < 0 ? exitCode(end) : exitCode;
    } catch (StatusRuntimeException lost) {
      if (exitCode < 0) {
        printer.finish();
        throw lost;
      }
      return exitCode;
    }
  }

  /** Ends all at once, with this exit code. */
  void interrupt(int code) {
    exitCode = code;
    stop(Stop.NOW);
  }

  private int exitCode(PoolEnded end) {
    if (trouble.get() != null) {
      throw trouble.get();
    }
    if (tally.halting() != null) {
      return tally.halting().exitCode();
    }
    if (end.getHow() != PoolEnded.How.HOW_CLOSED) {
      String why = end.hasCause() ? end.getCause().getMessage() : "somebody terminated its pool";
      throw CommandException.incomplete(
          "jobs that were not run: " + (tally.admitted() - tally.ended()) + "; " + why);
    }
    if (news.lostBytes() > 0) {
      throw CommandException.incomplete(
          news.lostBytes()
              + " bytes of output are lost, as a worker or coordinator was lost or more came at once"
              + " than could be carried; let jobs write much output to files");
    }
    return (int) Math.min(tally.failed(), MANY_FAILED);
  }

  private interface Part {
    void run() throws IOException, InterruptedException;
  }

  private void begin(String name, Part part) {
    Thread thread = new Thread(() -> guard(part), name);
    thread.setDaemon(true);
    thread.start();
  }

  private void guard(Part part) {
    try {
      part.run();
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    } catch (IOException unreadable) {
      fail(Stop.SOON, "the input cannot be read: " + unreadable.getMessage());
    } catch (CommandException refused) {
      fail(Stop.NOW, refused.getMessage());
    } catch (StatusRuntimeException lost) {
      // Whoever follows the pool hears of it too, and tells.
      pool.abandon();
    }
  }

  private void read() throws IOException, InterruptedException {
    input.readAll(submitter::add);
    progress.total(tally.admitted());
    if (tally.closeInput()) {
      complete();
    }
  }

  private void drop(Job job) {
    news.drop(job);
  }

  private void fail(Stop how, String why) {
    trouble.compareAndSet(null, CommandException.incomplete(why));
    stop(how);
  }

  private void stop(Stop how) {
    if (!tally.stop(how)) {
      return;
    }
    if (tally.closeInput()) {
      complete();
    }
    if (how == Stop.SOON) {
      submitter.stopSoon();
      return;
    }
    try {
      pool.terminate();
    } catch (StatusRuntimeException lost) {
      pool.abandon();
    }
  }

  @Override
  public void complete() {
    pool.closePool();
  }

  @Override
  public void halted() {
    stop(settings.halt().isNow() ? Stop.NOW : Stop.SOON);
  }

  @Override
  public void beforeOutput() {
    progress.makeWay();
  }

  @Override
  public void left(Job job) {
    window.giveBack(job.cost());
  }

  @Override
  public void broken(IOException cause) {
    if ("Broken pipe".equals(cause.getMessage())) {
      interrupt(SIGPIPE); // As everybody ends whose reader has seen enough.
    } else {
      fail(Stop.NOW, "the output cannot be written: " + cause.getMessage());
    }
  }
}
