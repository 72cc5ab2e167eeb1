package dev.farpool.call;

import java.util.function.Consumer;

/**
 * The wish that the chunk that runs hand back what it has not begun, because others have nothing to
 * do. One that comes too late meets the next chunk, which takes it as well, and nothing comes of it
 * but one more task.
 *
 * <p>The client is told at once which items it gets back, although one may run for long; if that is
 * lost, it learns it from the chunk's result, which has fewer items.
 *
 * <p>For the sake of a quick start there are no lambdas here. Thread-safe.
 */
public final class HandBack implements Runnable {
  private static Consumer<byte[]> notes;
  private static ChunkItems running;

  private HandBack() {}

  /** What is to be run for each wish, where the client is told through {@code notes}. */
  static synchronized Runnable through(Consumer<byte[]> notes) {
    HandBack.notes = notes;
    return new HandBack();
  }

  /** Asks the chunk that runs in this JVM. */
  public static synchronized void ask() {
    if (running != null && running.handBack() && notes != null) {
      ByteWriter note = new ByteWriter(8);
      note.varint(running.end());
      notes.accept(note.toByteArray());
    }
  }

  /**
   * Reads what the client is told: how many of its items the chunk still does; the most possible if
   * it is no such note.
   */
  public static int read(byte[] note) {
    try {
      long kept = new ByteReader(note).varint();
      return kept > 0 ? (int) Math.min(kept, Integer.MAX_VALUE) : Integer.MAX_VALUE;
    } catch (MalformedCallException another) {
      return Integer.MAX_VALUE; // Of a later library: the result tells the same.
    }
  }

  /** A chunk begins: what was asked before was not meant for it. */
  static synchronized void begin(ChunkItems chunk) {
    running = chunk;
  }

  /** The chunk has ended; its result tells what it has done. */
  static synchronized void end() {
    running = null;
  }

  @Override
  public void run() {
    ask();
  }
}
