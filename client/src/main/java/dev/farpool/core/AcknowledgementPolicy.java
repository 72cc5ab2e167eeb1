package dev.farpool.core;

/** When to tell the coordinator that results were dealt with: seldom, but before much piles up. */
public final class AcknowledgementPolicy {
  private static final int MANY_RESULTS = 1000;
  private static final long MANY_BYTES = 1 << 20;

  /** No cursor: what was acknowledged is not known. */
  private static final long NONE = -1;

  private long cursor;
  private long acknowledged;
  private long results;
  private long bytes;

  /** Results up to a cursor were dealt with. */
  public void dealtWith(long cursor, int results, long bytes) {
    this.cursor = cursor;
    this.results += results;
    this.bytes += bytes;
  }

  /** Where to go on after a break. */
  public long cursor() {
    return cursor;
  }

  /** Whether enough has gathered to be acknowledged at once. */
  public boolean due() {
    return results >= MANY_RESULTS || bytes >= MANY_BYTES;
  }

  /** Whether there is anything to acknowledge. */
  public boolean pending() {
    return cursor != acknowledged;
  }

  /** The cursor to send now. */
  public long acknowledge() {
    acknowledged = cursor;
    results = 0;
    bytes = 0;
    return cursor;
  }

  /** An acknowledgement was lost: it is to be sent again, also if no more results come. */
  public void lost() {
    acknowledged = NONE;
  }

  /** Another coordinator counts from 0. */
  public void restart() {
    cursor = 0;
    acknowledged = 0;
    results = 0;
    bytes = 0;
  }
}
