package dev.farpool.call;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** A chunk in which every item has its own outcome. */
final class SettledChunk {
  private static final int ALL_RESULTS = 0;
  private static final int MIXED = 1;
  private static final int MAX_STACK = 64 * 1024;

  private SettledChunk() {}

  /**
   * Calls the function for each item; an exception is the outcome of its item alone.
   *
   * @param items which of them are done here
   */
  static byte[] run(Target.Bound function, Object[] columns, ChunkItems items) throws Throwable {
    Object[] outcomes = new Object[Columns.size(columns[0])];
    boolean failed = false;
    int done = 0;
    for (; items.mayBegin(done); done++) {
      outcomes[done] = outcome(function, DecodedFunction.row(columns, done));
      failed |= outcomes[done] instanceof ItemFailure;
    }
    return write(done == outcomes.length ? outcomes : Arrays.copyOf(outcomes, done), failed);
  }

  private static Object outcome(Target.Bound function, Object[] arguments) throws Throwable {
    try {
      return function.call(arguments);
    } catch (InterruptedException | OutOfMemoryError endsTheChunk) {
      throw endsTheChunk;
    } catch (Throwable thrown) {
      return failure(thrown);
    }
  }

  private static byte[] write(Object[] outcomes, boolean failed) {
    ByteWriter out = new ByteWriter(16 + 4 * outcomes.length);
    if (!failed && writeResults(out, outcomes)) {
      return out.toByteArray();
    }
    out.rewind(0);
    out.write(MIXED);
    out.varint(outcomes.length);
    for (Object outcome : outcomes) {
      writeOutcome(out, outcome);
    }
    return out.toByteArray();
  }

  private static boolean writeResults(ByteWriter out, Object[] results) {
    out.write(ALL_RESULTS);
    try {
      BlockWriter.write(out, results, 0, results.length);
      return true;
    } catch (UnserializableException one) {
      // One of them is to blame: written one by one, it fails alone.
      return false;
    }
  }

  private static void writeOutcome(ByteWriter out, Object outcome) {
    if (outcome instanceof ItemFailure failure) {
      writeFailure(out, failure);
      return;
    }
    int start = out.size();
    out.write(0);
    try {
      ValueWriter.write(out, outcome);
    } catch (RuntimeException refused) {
      out.rewind(start);
      writeFailure(out, failure(DecodedFunction.unencodable(outcome, refused)));
    }
  }

  private static void writeFailure(ByteWriter out, ItemFailure failure) {
    out.write(1);
    out.text(failure.className());
    out.text(failure.message());
    out.text(failure.stackTrace());
    out.text(failure.host());
    out.varint(failure.pid());
    ValueWriter.write(out, failure.exception());
  }

  private static ItemFailure failure(Throwable thrown) {
    byte[] exception = JavaCalls.exception(thrown);
    return new ItemFailure(
        thrown.getClass().getName(),
        message(thrown),
        stackTrace(thrown),
        host(),
        ProcessHandle.current().pid(),
        exception == null ? new byte[0] : exception);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException unnamed) {
      return "";
    }
  }

  private static String message(Throwable thrown) {
    try {
      String message = thrown.getMessage();
      return message == null ? "" : message;
    } catch (RuntimeException broken) {
      return "(getMessage() threw " + broken.getClass().getName() + ")";
    }
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    try {
      thrown.printStackTrace(new PrintWriter(text));
    } catch (RuntimeException broken) {
      return thrown.getClass().getName()
          + " (printing it threw "
          + broken.getClass().getName()
          + ")";
    }
    return text.getBuffer().length() <= MAX_STACK
        ? text.toString()
        : text.getBuffer().substring(0, MAX_STACK - 1) + "…";
  }

  /** How many outcomes there are; they are not read. */
  static int count(ByteReader in) {
    return in.unsigned8() == ALL_RESULTS ? ValueReader.blockSize(in) : in.count(1);
  }

  static Object[] read(ValueReader values) throws Exception {
    ByteReader in = values.in();
    if (in.unsigned8() == ALL_RESULTS) {
      return values.readBlock();
    }
    Object[] outcomes = new Object[in.count(1)];
    for (int i = 0; i < outcomes.length; i++) {
      outcomes[i] = in.unsigned8() == 1 ? readFailure(values) : values.read();
    }
    return outcomes;
  }

  private static ItemFailure readFailure(ValueReader values) throws Exception {
    ByteReader in = values.in();
    return new ItemFailure(
        in.text(), in.text(), in.text(), in.text(), in.varint(), (byte[]) values.read());
  }
}
