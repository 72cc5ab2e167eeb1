package dev.farpool.common.trace;

import dev.farpool.v1.ExitStatus;
import dev.farpool.v1.Failure;
import dev.farpool.v1.TaskResult;
import java.util.Locale;

/**
 * Why a span is an error.
 *
 * @param type one of few words, or the name of an exception's class
 * @param message for a person
 * @param exception the name of the exception's class; empty where there was none
 * @param stackTrace of the exception; may be empty
 */
public record SpanFailure(String type, String message, String exception, String stackTrace) {
  private static final String KIND = "KIND_";
  private static final String SIGNAL = "signal_";

  /** That of an outcome; null if that is a success. */
  public static SpanFailure of(TaskResult result) {
    return switch (result.getOutcomeCase()) {
      case FAILURE -> of(result.getFailure());
      case EXIT -> of(result.getExit());
      default -> null;
    };
  }

  /** That of a task. */
  public static SpanFailure of(Failure failure) {
    String exception = failure.getClassName();
    return new SpanFailure(
        exception.isEmpty() ? word(failure.getKind()) : exception,
        failure.getMessage(),
        exception,
        failure.getStackTrace());
  }

  /** That of a process; null if it ended well. */
  public static SpanFailure of(ExitStatus exit) {
    if (exit.hasSignal()) {
      String signal = "killed by signal " + exit.getSignal();
      return new SpanFailure(SIGNAL + exit.getSignal(), signal, "", "");
    }
    return exit.getCode() == 0
        ? null
        : new SpanFailure(
            Integer.toString(exit.getCode()), "exited with code " + exit.getCode(), "", "");
  }

  /** A kind of failure as metrics name it, for example {@code worker_lost}. */
  public static String word(Failure.Kind kind) {
    boolean unknown = kind == Failure.Kind.UNRECOGNIZED || kind == Failure.Kind.KIND_UNSPECIFIED;
    Failure.Kind known = unknown ? Failure.Kind.KIND_EXCEPTION : kind;
    return known.name().substring(KIND.length()).toLowerCase(Locale.ROOT);
  }
}
