package dev.farpool;

import dev.farpool.call.ItemFailure;
import dev.farpool.call.JavaCalls;
import dev.farpool.v1.ExitStatus;
import dev.farpool.v1.Failure;
import java.io.ObjectInputFilter;
import java.util.concurrent.CancellationException;

/** From a failure as the contract tells it to the exception that a program sees. */
final class Failures {
  private static final int UNKNOWN_EXIT = 1;

  private final ObjectInputFilter filter;

  Failures(ObjectInputFilter filter) {
    this.filter = filter;
  }

  /** What serialized results must not hold; may be null. */
  ObjectInputFilter filter() {
    return filter;
  }

  Throwable exception(Failure failure) {
    return switch (failure.getKind()) {
      case KIND_PROCESS_DIED, KIND_OUT_OF_MEMORY -> died(failure);
      case KIND_TIMEOUT, KIND_QUEUE_TIMEOUT -> new TaskTimeoutException(failure.getMessage());
      case KIND_RESULT_NOT_SERIALIZABLE, KIND_RESULT_TOO_LARGE ->
          new ResultEncodingException(failure.getMessage(), stack(failure));
      case KIND_WORKER_LOST -> new WorkerLostException(failure.getMessage());
      case KIND_POOL_TERMINATED -> new PoolTerminatedException(terminated(failure));
      case KIND_CANCELLED -> new CancellationException(failure.getMessage());
      case KIND_POOL_BROKEN -> broken(failure);
      case KIND_CODE_NOT_FOUND ->
          new RemoteTaskException(failure.getClassName(), code(failure), stack(failure));
      default -> thrown(failure);
    };
  }

  Throwable exception(ItemFailure failure) {
    return rebuilt(
        failure.exception(),
        failure.className(),
        failure.message(),
        new RemoteStackTrace(failure.host(), failure.pid(), failure.stackTrace()));
  }

  private static ProcessDiedException died(Failure failure) {
    return new ProcessDiedException(
        failure.hasExit() ? exitCode(failure.getExit()) : null,
        failure.getKind() == Failure.Kind.KIND_OUT_OF_MEMORY,
        failure.getStderrTail(),
        failure.getHost(),
        failure.getAttempts());
  }

  /** As Python tells it: a code, or −N for signal N. */
  static int exitCode(ExitStatus exit) {
    return switch (exit.getHowCase()) {
      case CODE -> exit.getCode();
      case SIGNAL -> -exit.getSignal();
      case HOW_NOT_SET -> UNKNOWN_EXIT; // Told by a newer coordinator, and no success.
    };
  }

  private static String terminated(Failure failure) {
    return failure.getMessage().isEmpty()
        ? "the pool was terminated before the task ended"
        : "the pool has ended before the task: " + failure.getMessage();
  }

  private static String code(Failure failure) {
    return failure.getMessage()
        + " (the executor has the class path of this JVM as it was when the cluster was connected:"
        + " is the class made at run time, or loaded by another class loader?)";
  }

  private PoolBrokenException broken(Failure failure) {
    boolean said = !failure.getClassName().isEmpty() || !failure.getException().isEmpty();
    String reason = failure.getMessage().isEmpty() ? failure.getClassName() : failure.getMessage();
    String tail = failure.getStderrTail().stripTrailing();
    return new PoolBrokenException(
        "the pool is broken: " + reason + (tail.isEmpty() ? "" : "; its last words:\n" + tail),
        said ? thrown(failure) : null);
  }

  private Throwable thrown(Failure failure) {
    return rebuilt(
        failure.getException().toByteArray(),
        failure.getClassName(),
        failure.getMessage(),
        stack(failure));
  }

  private static RemoteStackTrace stack(Failure failure) {
    return failure.getStackTrace().isEmpty()
        ? null
        : new RemoteStackTrace(failure.getHost(), failure.getPid(), failure.getStackTrace());
  }

  /** The task's own exception where it can be read, else one that tells of it. */
  private Throwable rebuilt(
      byte[] exception, String className, String message, RemoteStackTrace stack) {
    if (exception.length > 0) {
      try {
        if (JavaCalls.decode(exception, filter) instanceof Throwable own) {
          return attach(own, stack);
        }
      } catch (ResultEncodingException unreadable) {
        RemoteTaskException told = new RemoteTaskException(className, message, stack);
        told.addSuppressed(unreadable);
        return told;
      }
    }
    return new RemoteTaskException(className, message, stack);
  }

  /**
   * Makes the remote stack the root of the exception's causes. An exception whose causes are fixed
   * carries it as suppressed instead.
   */
  private static Throwable attach(Throwable own, RemoteStackTrace stack) {
    if (stack == null) {
      return own;
    }
    Throwable root = own;
    for (int depth = 0; root.getCause() != null && depth < 100; depth++) {
      root = root.getCause();
    }
    try {
      root.initCause(stack);
    } catch (IllegalStateException fixed) {
      own.addSuppressed(stack);
    }
    return own;
  }
}
