package dev.farpool.scale.crew;

import java.util.ArrayDeque;
import java.util.Deque;

/** The messages of a worker that were not acknowledged yet. Not thread-safe. */
final class Sent {
  private record Message(long sequence, long nanos, boolean heartbeat) {}

  private final Deque<Message> messages = new ArrayDeque<>();
  private long sequence;
  private long acknowledgedNanos;
  private long roundTripNanos;

  /** Notes the next message; the result is its number. */
  long add(boolean heartbeat, long now) {
    messages.add(new Message(++sequence, now, heartbeat));
    return sequence;
  }

  int size() {
    return messages.size();
  }

  /** Forgets what was acknowledged. */
  void acknowledged(long upTo, long now, CrewCounts counts) {
    while (!messages.isEmpty() && messages.peekFirst().sequence() <= upTo) {
      Message message = messages.pollFirst();
      long took = now - message.nanos();
      acknowledgedNanos = message.nanos();
      roundTripNanos += (took - roundTripNanos) / 8;
      if (message.heartbeat()) {
        counts.heartbeat(took);
      }
    }
  }

  /** When the last message was sent that was acknowledged: from then on the lease runs. */
  long acknowledgedNanos() {
    return acknowledgedNanos;
  }

  /** From a message to its acknowledgement, smoothed. */
  long roundTripNanos() {
    return roundTripNanos;
  }
}
