package dev.farpool.chaos.history;

import java.util.Locale;

/**
 * One line of a history.
 *
 * @param kind what happened
 * @param id of the task, {@code CLIENT-NUMBER}; of the client where it is about a client
 * @param nanos when, on this machine's monotonic clock
 * @param pid of the process that wrote it
 * @param host where it ran: the name of its network namespace
 * @param text what else there is to say, without line breaks; may be empty
 */
public record Event(Kind kind, String id, long nanos, long pid, String host, String text) {
  private static final int WORDS = 6;

  /** What can happen. */
  public enum Kind {
    /** A client submits a task; the text is its {@link Guarantee}. */
    SUBMIT,
    /** A client is told that a task succeeded; the text is the result. */
    RESULT,
    /** A client is told that a task failed; the text is the exception. */
    FAILURE,
    /** A client has joined its pool. */
    JOINED,
    /** A client was killed. */
    KILLED,
    /** A task's code begins. */
    START,
    /** A task's code still runs. */
    TICK,
    /** A task's code is about to return. */
    END;

    /** How lines of this kind begin. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How often a task's code may run. */
  public enum Guarantee {
    AT_LEAST_ONCE,
    AT_MOST_ONCE
  }

  /** The line, without a line break. */
  public String line() {
    String oneLine = text.replace('\n', ' ').replace('\r', ' ');
    return String.join(
        " ", kind.word(), id, Long.toString(nanos), Long.toString(pid), host, oneLine);
  }

  /**
   * Reads a line back.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Event parse(String line) {
    String[] words = line.split(" ", WORDS);
    if (words.length != WORDS) {
      throw new IllegalArgumentException("not a line of a history: " + line);
    }
    return new Event(
        Kind.valueOf(words[0].toUpperCase(Locale.ROOT)),
        words[1],
        Long.parseLong(words[2]),
        Long.parseLong(words[3]),
        words[4],
        words[5]);
  }

  /** The client the event belongs to. */
  public String client() {
    int dash = id.indexOf('-');
    return dash < 0 ? id : id.substring(0, dash);
  }
}
