package dev.farpool.executor.task;

import dev.farpool.executor.frame.OutcomeKind;
import dev.farpool.executor.wire.WireWriter;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Turns what was thrown into a {@code Failure}, whatever the thrown object does meanwhile. */
public final class Failures {
  /** The most bytes of a message. */
  static final int MESSAGE_BYTES = 8 * 1024;

  /** The most bytes of a stack. */
  static final int STACK_BYTES = 64 * 1024;

  private static final int EXCEPTION_BYTES = 1024 * 1024;
  // The client's own exceptions, known by name: its classes come with the pool's code.
  private static final String BAD_RESULT = "dev.farpool.ResultEncodingException";
  private static final String BAD_ARGUMENTS = "dev.farpool.call.ArgumentDecodingException";

  private Failures() {}

  /** The failure of a task that threw, or of an initializer; {@code code} encodes the exception. */
  public static Outcome of(Throwable thrown, JavaCode code) {
    if (thrown instanceof TaskException refused) {
      Throwable shown = refused.getCause() == null ? refused : refused.getCause();
      return failure(refused.kind, shown, text(refused), null);
    }
    int kind = kind(thrown);
    byte[] encoded = kind == FailureKind.EXCEPTION ? encode(thrown, code) : null;
    return failure(kind, thrown, text(thrown), encoded);
  }

  /** The failure of a command that could not be started. */
  static Outcome notStarted(String message) {
    WireWriter failure = new WireWriter().varint(1, FailureKind.COMMAND_NOT_STARTED);
    failure.string(3, cut(message, MESSAGE_BYTES));
    return new Outcome(OutcomeKind.FAILURE, failure.toByteArray());
  }

  /** Whether memory ran out, here or in a cause. */
  public static boolean isOutOfMemory(Throwable thrown) {
    return hasCause(thrown, OutOfMemoryError.class);
  }

  /**
   * Whether the process should not be used again: an {@code Error} says that its state is in doubt,
   * unless it only says that code is missing.
   */
  public static boolean isTainting(Throwable thrown) {
    return thrown instanceof Error && kind(thrown) == FailureKind.EXCEPTION;
  }

  /** Whether the task's own code did not throw this: its call could not be read or made. */
  public static boolean isRefusal(Throwable thrown) {
    return thrown instanceof TaskException || kind(thrown) != FailureKind.EXCEPTION;
  }

  private static int kind(Throwable thrown) {
    String name = thrown.getClass().getName();
    if (name.equals(BAD_RESULT)) {
      return FailureKind.RESULT_NOT_SERIALIZABLE;
    }
    if (name.equals(BAD_ARGUMENTS)) {
      boolean missing =
          hasCause(thrown, ClassNotFoundException.class) || hasCause(thrown, LinkageError.class);
      return missing ? FailureKind.CODE_NOT_FOUND : FailureKind.BAD_ARGUMENTS;
    }
    return FailureKind.EXCEPTION;
  }

  private static boolean hasCause(Throwable thrown, Class<? extends Throwable> type) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < 64; depth++) {
      if (type.isInstance(cause)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static Outcome failure(int kind, Throwable thrown, String message, byte[] encoded) {
    WireWriter failure = new WireWriter().varint(1, kind);
    failure.string(2, thrown.getClass().getName());
    failure.string(3, cut(message, MESSAGE_BYTES));
    failure.string(4, cut(stack(thrown), STACK_BYTES));
    if (encoded != null && encoded.length <= EXCEPTION_BYTES) {
      failure.bytes(5, encoded);
    }
    return new Outcome(OutcomeKind.FAILURE, failure.toByteArray());
  }

  private static byte[] encode(Throwable thrown, JavaCode code) {
    try {
      return code.encode(thrown);
    } catch (Throwable unencodable) {
      return null; // The text tells what happened; the object is an extra.
    }
  }

  private static String text(Throwable thrown) {
    try {
      String message = thrown.getMessage();
      return message == null ? "" : message;
    } catch (Throwable broken) {
      return "(its getMessage() threw " + broken.getClass().getName() + ")";
    }
  }

  private static String stack(Throwable thrown) {
    try {
      StringWriter text = new StringWriter();
      thrown.printStackTrace(new PrintWriter(text));
      return text.toString();
    } catch (Throwable broken) {
      StringBuilder text = new StringBuilder(thrown.getClass().getName());
      for (StackTraceElement frame : thrown.getStackTrace()) {
        text.append("\n\tat ").append(frame);
      }
      return text.append('\n').toString();
    }
  }

  /** At most so many bytes of UTF-8; cut text ends in an ellipsis, which takes three. */
  static String cut(String text, int maxBytes) {
    if (text.length() * 3L <= maxBytes) {
      return text;
    }
    int bytes = 0;
    int fits = 0;
    for (int at = 0; at < text.length(); ) {
      int point = text.codePointAt(at);
      bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (bytes > maxBytes) {
        return text.substring(0, fits) + "…";
      }
      at += Character.charCount(point);
      if (bytes <= maxBytes - 3) {
        fits = at;
      }
    }
    return text;
  }
}
