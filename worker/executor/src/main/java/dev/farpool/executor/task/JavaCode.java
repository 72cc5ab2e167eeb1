package dev.farpool.executor.task;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The pool's Java functions, read by the codec that came with the pool's code: this runtime knows
 * nothing of how calls are written. Not thread-safe; owned by the task thread.
 */
public final class JavaCode {
  private final String codec;
  private final int mostResultBytes;
  private final Conversation conversation;
  private final Map<Integer, Function<byte[], byte[]>> functions = new HashMap<>();
  private final Map<Integer, TaskException> broken = new HashMap<>();
  private Method function;
  private Method exception;

  /**
   * @param codec the name of the codec's class; empty if the pool has no Java functions
   * @param mostResultBytes how large a result the worker takes
   * @param conversation what the codec may take part in
   */
  public JavaCode(String codec, int mostResultBytes, Conversation conversation) {
    this.codec = codec;
    this.mostResultBytes = mostResultBytes;
    this.conversation = conversation;
  }

  /** Defines a function. One that cannot be read fails when it is called. */
  public void define(int number, byte[] definition) {
    try {
      functions.put(number, read(definition));
    } catch (TaskException unreadable) {
      broken.put(number, unreadable);
    }
  }

  /**
   * Calls a function.
   *
   * @return its encoded result
   * @throws Throwable what it threw, or why it is not there; to be given to {@link Failures}
   */
  public byte[] call(int number, byte[] arguments) throws Throwable {
    Function<byte[], byte[]> found = functions.get(number);
    if (found == null) {
      throw whyMissing(number);
    }
    byte[] result = found.apply(arguments);
    if (result == null) {
      throw new IllegalStateException("the codec " + codec + " gave no result");
    }
    if (result.length > mostResultBytes) {
      throw new TaskException(
          FailureKind.RESULT_TOO_LARGE,
          "the result has "
              + result.length
              + " bytes, at most "
              + mostResultBytes
              + " are possible on this worker",
          null);
    }
    return result;
  }

  /**
   * Reads and calls a function that is used only once.
   *
   * @return its encoded result
   * @throws Throwable what it threw
   */
  public byte[] callOnce(byte[] definition, byte[] arguments) throws Throwable {
    return read(definition).apply(arguments);
  }

  private TaskException whyMissing(int number) {
    TaskException why = broken.get(number);
    return why != null
        ? why
        : new TaskException(
            FailureKind.CODE_NOT_FOUND, "function " + number + " is not defined", null);
  }

  /** What was thrown in the codec's encoding, or null. */
  byte[] encode(Throwable thrown) throws ReflectiveOperationException {
    return exception == null ? null : (byte[]) exception.invoke(null, thrown);
  }

  @SuppressWarnings("unchecked")
  private Function<byte[], byte[]> read(byte[] definition) throws TaskException {
    try {
      if (function == null) {
        loadCodec();
      }
      return (Function<byte[], byte[]>) function.invoke(null, (Object) definition);
    } catch (InvocationTargetException thrown) {
      throw notFound(thrown.getCause());
    } catch (ReflectiveOperationException | LinkageError missing) {
      throw notFound(missing);
    }
  }

  private void loadCodec() throws ReflectiveOperationException {
    Class<?> type = Class.forName(codec);
    exception = type.getMethod("exception", Throwable.class);
    converse(type);
    function = type.getMethod("function", byte[].class);
  }

  private void converse(Class<?> type) throws ReflectiveOperationException {
    Method talk;
    try {
      talk = type.getMethod("converse", Consumer.class);
    } catch (NoSuchMethodException silent) {
      return; // A codec need not.
    }
    conversation.joinedBy((Runnable) talk.invoke(null, conversation));
  }

  private static TaskException notFound(Throwable cause) {
    String what =
        cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError
            ? "class not found in the pool's code: "
            : "the function could not be read: ";
    return new TaskException(FailureKind.CODE_NOT_FOUND, what + cause.getMessage(), cause);
  }
}
