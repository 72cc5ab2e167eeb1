package dev.farpool.cli.map;

/** How far a run is, and whether it is to stop before its end. Thread-safe. */
public final class Tally {
  /** How a run stops before its end. */
  public enum Stop {
    /** It does not. */
    NO,
    /** Jobs that run may end, others are not begun. */
    SOON,
    /** Nothing goes on. */
    NOW
  }

  private final HaltRule rule;
  private Stop stop = Stop.NO;
  private boolean inputOpen = true;
  private long admitted;
  private long open;
  private long ended;
  private long failed;
  private Ending halting;

  /**
   * @param rule when failed jobs are a reason to stop
   */
  public Tally(HaltRule rule) {
    this.rule = rule;
  }

  /** Whether another job may begin; then it counts. */
  public synchronized boolean admit() {
    if (inputOpen) {
      admitted++;
      open++;
    }
    return inputOpen;
  }

  /** No more jobs come; whether all is done with that. */
  public synchronized boolean closeInput() {
    boolean first = inputOpen;
    inputOpen = false;
    return first && open == 0;
  }

  /** A job will not be run any more; whether all is done with that. */
  public synchronized boolean dropped() {
    open--;
    return open == 0 && !inputOpen;
  }

  /** A job has ended; whether all is done with that. */
  public synchronized boolean ended(Ending how) {
    ended++;
    if (how.isFailed()) {
      failed++;
      if (halting == null && rule.isReached(failed, ended)) {
        halting = how;
      }
    }
    return dropped();
  }

  /** Asks to stop, in haste or not; false if that was asked before. */
  public synchronized boolean stop(Stop how) {
    boolean news = how.compareTo(stop) > 0;
    if (news) {
      stop = how;
    }
    return news;
  }

  /** Whether it stops before its end. */
  public synchronized boolean isStopping() {
    return stop != Stop.NO;
  }

  /** The failed job with which the rule asked for a stop; null if it did not. */
  public synchronized Ending halting() {
    return halting;
  }

  /** How many jobs there are, as far as the input was read. */
  public synchronized long admitted() {
    return admitted;
  }

  /** How many jobs have ended. */
  public synchronized long ended() {
    return ended;
  }

  /** How many of them failed. */
  public synchronized long failed() {
    return failed;
  }
}
