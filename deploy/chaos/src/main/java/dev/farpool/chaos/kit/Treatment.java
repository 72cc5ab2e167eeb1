package dev.farpool.chaos.kit;

import java.time.Duration;
import java.util.Locale;

/**
 * What a proxy does to connections.
 *
 * @param connects whether new connections get one to the target; if not, they are accepted and
 *     never answered
 * @param moves whether bytes move at all
 * @param delay how long each piece is held back
 * @param jitter by how much more at most, by chance
 * @param bytesPerSecond how fast bytes go, each way; 0 for no limit
 * @param cutAfter how many more bytes, both ways together, a connection passes before it is cut; 0
 *     for no limit
 * @param resets whether a cut is a reset; else only the way to the client is closed
 */
public record Treatment(
    boolean connects,
    boolean moves,
    Duration delay,
    Duration jitter,
    int bytesPerSecond,
    int cutAfter,
    boolean resets) {
  /** Lets everything pass. */
  public static final Treatment PASS =
      new Treatment(true, true, Duration.ZERO, Duration.ZERO, 0, 0, false);

  /** Keeps connections open and moves nothing. */
  public static final Treatment STALL =
      new Treatment(true, false, Duration.ZERO, Duration.ZERO, 0, 0, false);

  /** Accepts new connections and never answers them; the others go on. */
  public static final Treatment IGNORE =
      new Treatment(false, true, Duration.ZERO, Duration.ZERO, 0, 0, false);

  /** Holds everything back for a while. */
  public static Treatment delay(Duration time, Duration jitter) {
    return new Treatment(true, true, time, jitter, 0, 0, false);
  }

  /** Slows everything down. */
  public static Treatment throttle(int bytesPerSecond) {
    return new Treatment(true, true, Duration.ZERO, Duration.ZERO, bytesPerSecond, 0, false);
  }

  /** Resets each connection after so many more bytes, in the middle of a message. */
  public static Treatment reset(int bytes) {
    return new Treatment(true, true, Duration.ZERO, Duration.ZERO, 0, bytes, true);
  }

  /** Closes each connection's way to the client after so many more bytes. */
  public static Treatment halfClose(int bytes) {
    return new Treatment(true, true, Duration.ZERO, Duration.ZERO, 0, bytes, false);
  }

  /**
   * Reads it from words: {@code pass}, {@code stall}, {@code ignore}, {@code delay MS MS}, {@code
   * throttle BYTES}, {@code reset BYTES}, {@code half-close BYTES}.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  public static Treatment parse(String text) {
    String[] words = text.strip().toLowerCase(Locale.ROOT).split(" +");
    return switch (words[0] + words.length) {
      case "pass1" -> PASS;
      case "stall1" -> STALL;
      case "ignore1" -> IGNORE;
      case "delay3" -> delay(millis(words[1]), millis(words[2]));
      case "throttle2" -> throttle(Integer.parseInt(words[1]));
      case "reset2" -> reset(Integer.parseInt(words[1]));
      case "half-close2" -> halfClose(Integer.parseInt(words[1]));
      default -> throw new IllegalArgumentException("not a treatment: " + text);
    };
  }

  private static Duration millis(String word) {
    return Duration.ofMillis(Long.parseLong(word));
  }
}
