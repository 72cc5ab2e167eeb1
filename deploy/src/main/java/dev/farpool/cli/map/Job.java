package dev.farpool.cli.map;

import java.util.List;

/**
 * One line of input, its command and what became of it. Handed from thread to thread, never used by
 * two at a time.
 */
public final class Job {
  private static final int OVERHEAD_BYTES = 256;

  private final long number;
  private final long place;
  private final int cost;
  private final List<String> command;
  private final JobOutput output;
  private int tries = 1;
  private String host = "";
  private long startMillis;
  private long endMillis;
  private Ending ending;

  /**
   * @param number of its line in the input, from 1
   * @param place among the jobs of this run, from 0
   * @param cost what it takes of the window
   */
  public Job(long number, long place, int cost, List<String> command, JobOutput output) {
    this.number = number;
    this.place = place;
    this.cost = cost;
    this.command = command;
    this.output = output;
  }

  /** About what a job with such a line takes of the heap, without its output. */
  public static int cost(String line) {
    return OVERHEAD_BYTES + 2 * line.length();
  }

  /** An attempt begins; what one before it printed does not count. */
  public void started(String onHost, int attempt, long nowMillis) {
    if (attempt > 1) {
      output.clear();
    }
    host = onHost;
    startMillis = nowMillis;
  }

  /** It has ended. */
  public void ended(Ending how, long nowMillis) {
    ending = how;
    endMillis = nowMillis;
    startMillis = startMillis == 0 ? nowMillis : startMillis;
  }

  /** It is to be run once more, as if it never had been. */
  public void again() {
    tries++;
    ending = null;
    startMillis = 0;
    output.clear();
  }

  /** The number of its line in the input, from 1. */
  public long number() {
    return number;
  }

  /** Its place among the jobs of this run, from 0. */
  public long place() {
    return place;
  }

  /** What it takes of the window. */
  public int cost() {
    return cost;
  }

  /** The program and its arguments. */
  public List<String> command() {
    return command;
  }

  /** What it printed. */
  public JobOutput output() {
    return output;
  }

  /** How often it was run, this time included. */
  public int tries() {
    return tries;
  }

  /** Where it ran last; empty if it never did. */
  public String host() {
    return host;
  }

  /** When it began, by the clock here. */
  public long startMillis() {
    return startMillis;
  }

  /** When it had ended, by the clock here. */
  public long endMillis() {
    return endMillis;
  }

  /** How it ended; null if it was not run to its end, because all stopped before. */
  public Ending ending() {
    return ending;
  }
}
