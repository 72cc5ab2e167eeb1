package dev.farpool.worker.core;

import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttemptsFinished;
import dev.farpool.v1.AttemptsReturned;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * What the coordinator must get to know: outcomes and returned tasks, kept until acknowledged and
 * sent again after a reconnect. Every message has the next sequence number of this worker process.
 */
final class Outbox {
  private static final int MESSAGE_BYTES = 1024 * 1024;

  /**
   * Something to be told about a pool; the message's pool number is filled in when it is sent.
   *
   * @param stored the result behind the blob that is told; null if none is
   * @param output the piece of the pool's output that must be gone before
   */
  record Entry(
      HeldPool pool,
      AttemptsFinished finished,
      AttemptsReturned returned,
      Reports.Upload stored,
      long output) {
    /** Whether it can be told now: its pool has a number on this coordinator. */
    boolean mayGo() {
      return pool.isNumbered() && output <= pool.output.gone();
    }

    int size() {
      return finished == null ? returned.getSerializedSize() : finished.getSerializedSize();
    }
  }

  private record Sent(long sequence, long sentNanos, List<Entry> entries) {}

  private final Deque<Entry> waiting = new ArrayDeque<>();
  private final Deque<Sent> sent = new ArrayDeque<>();
  private long sequence;

  /** Whether something can be sent. */
  boolean isWaiting() {
    for (Entry entry : waiting) {
      if (entry.mayGo()) {
        return true;
      }
    }
    return false;
  }

  /** Whether everything was told and acknowledged. */
  boolean isEmpty() {
    return waiting.isEmpty() && sent.stream().allMatch(message -> message.entries().isEmpty());
  }

  /** How many entries are to be told, or were told and not acknowledged. */
  int size() {
    int size = waiting.size();
    for (Sent message : sent) {
      size += message.entries().size();
    }
    return size;
  }

  /** An outcome; what its pool has printed goes before it. */
  void finished(HeldPool pool, AttemptsFinished finished) {
    waiting.addLast(new Entry(pool, finished, null, null, pool.output.added()));
  }

  /** An outcome that tells of a blob. */
  void stored(Reports.Upload upload, AttemptsFinished finished) {
    HeldPool pool = upload.pool();
    waiting.addLast(new Entry(pool, finished, null, upload, pool.output.added()));
  }

  /** Takes the results whose blobs have not been told of. Only right after {@link #rewind}. */
  List<Reports.Upload> takeStored() {
    List<Reports.Upload> taken = new ArrayList<>();
    for (Iterator<Entry> all = waiting.iterator(); all.hasNext(); ) {
      Entry entry = all.next();
      if (entry.stored() != null) {
        all.remove();
        taken.add(entry.stored());
      }
    }
    return taken;
  }

  void returned(HeldPool pool, AttemptsReturned returned) {
    waiting.addLast(new Entry(pool, null, returned, null, 0));
  }

  /** Numbers a message and adds as many of the waiting entries as it should carry. */
  AttachRequest fill(AttachRequest.Builder message, long now) {
    List<Entry> entries = new ArrayList<>();
    int bytes = 0;
    Iterator<Entry> next = waiting.iterator();
    while (bytes < MESSAGE_BYTES && next.hasNext()) {
      Entry entry = next.next();
      if (entry.mayGo()) {
        next.remove();
        bytes += entry.size();
        entries.add(entry);
        add(message, entry);
      }
    }
    return number(message, now, entries);
  }

  /** Numbers a message that carries nothing to be kept. */
  AttachRequest number(AttachRequest.Builder message, long now) {
    return number(message, now, List.of());
  }

  private AttachRequest number(AttachRequest.Builder message, long now, List<Entry> entries) {
    sent.addLast(new Sent(++sequence, now, entries));
    return message.setSequence(sequence).build();
  }

  private static void add(AttachRequest.Builder message, Entry entry) {
    long number = entry.pool().number();
    if (entry.finished() != null) {
      message.addFinished(entry.finished().toBuilder().setPool(number));
    } else {
      message.addReturned(entry.returned().toBuilder().setPool(number));
    }
  }

  /**
   * Forgets what was acknowledged.
   *
   * @return when the last of these messages was sent; {@link Long#MIN_VALUE} if there was none
   */
  long acknowledged(long upTo) {
    long sentNanos = Long.MIN_VALUE;
    while (!sent.isEmpty() && sent.peekFirst().sequence() <= upTo) {
      sentNanos = sent.pollFirst().sentNanos();
    }
    return sentNanos;
  }

  /** After a break: what was not acknowledged is to be sent again, before all else. */
  void rewind() {
    while (!sent.isEmpty()) {
      List<Entry> entries = sent.pollLast().entries();
      for (int i = entries.size() - 1; i >= 0; i--) {
        waiting.addFirst(entries.get(i));
      }
    }
  }

  /** Forgets what concerns a pool. */
  void drop(HeldPool pool) {
    waiting.removeIf(entry -> entry.pool() == pool);
  }

  /** Adds what is kept for a pool to what it holds. */
  void addHeld(HeldPool pool, HeldList held) {
    for (Entry entry : waiting) {
      if (entry.pool() == pool && entry.finished() != null) {
        held.add(entry.finished());
      } else if (entry.pool() == pool) {
        held.add(entry.returned());
      }
    }
  }
}
