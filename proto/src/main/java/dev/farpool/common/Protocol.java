package dev.farpool.common;

import dev.farpool.v1.ProtocolRange;
import java.util.OptionalInt;

/**
 * The versions of the protocol this build speaks, how two sides agree on one, and what the contract
 * says in numbers.
 */
public final class Protocol {
  /** The oldest version spoken. */
  public static final int OLDEST = 1;

  /** The newest version spoken. */
  public static final int NEWEST = 1;

  /** SIGURG, which the codec of a pool is told of as a wish of its client. */
  public static final int SIGNAL_ASKING = 23;

  /** The longest note of a codec, in bytes. */
  public static final int MOST_NOTE_BYTES = 1024;

  /** What to send at the start of a session. */
  public static final ProtocolRange RANGE =
      ProtocolRange.newBuilder().setOldest(OLDEST).setNewest(NEWEST).build();

  private Protocol() {}

  /** The newest version that both this build and the peer speak; empty when there is none. */
  public static OptionalInt agree(ProtocolRange peer) {
    int newest = Math.min(NEWEST, peer.getNewest());
    return newest >= Math.max(OLDEST, peer.getOldest())
        ? OptionalInt.of(newest)
        : OptionalInt.empty();
  }

  /**
   * The text of a refusal.
   *
   * @param here what this side is, for example {@code coordinator}
   * @param peer what the other side is, for example {@code worker}
   */
  public static String refusal(String here, String peer, ProtocolRange range) {
    String upgrade = range.getNewest() < OLDEST ? peer : here;
    return String.format(
        "no common protocol version: this %s speaks %d to %d, the %s %d to %d; upgrade the %s",
        here, OLDEST, NEWEST, peer, range.getOldest(), range.getNewest(), upgrade);
  }
}
