package dev.farpool.call;

import dev.farpool.ResultEncodingException;
import java.io.ObjectInputFilter;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The encoding of Java calls. Executors load this class from the class path of the user's program
 * and use the methods {@link #function}, {@link #exception} and {@link #converse}; clients read
 * results with the others. Thread-safe.
 */
public final class JavaCalls {
  private JavaCalls() {}

  /**
   * The call of a function: from encoded arguments to the encoded result.
   *
   * <p>It throws whatever the function threw, undeclared; {@link ArgumentDecodingException} if the
   * arguments cannot be read; {@link ResultEncodingException} if the result cannot be written.
   *
   * @param definition what the client sent of the function
   * @throws ArgumentDecodingException if the definition cannot be read; with a {@link
   *     ClassNotFoundException} or {@link LinkageError} as its cause if the code is not here
   */
  public static Function<byte[], byte[]> function(byte[] definition) {
    try {
      return DecodedFunction.read(definition);
    } catch (Exception | LinkageError unreadable) {
      throw unreadable("the function", unreadable);
    }
  }

  /** What was thrown, encoded; null if it cannot be serialized. */
  public static byte[] exception(Throwable thrown) {
    ByteWriter out = new ByteWriter(1024);
    try {
      ValueWriter.write(out, thrown);
      return out.toByteArray();
    } catch (RuntimeException | StackOverflowError unserializable) {
      // Class name, message and stack travel as text beside it, so nothing is lost.
      return null;
    }
  }

  /**
   * Takes part in what passes between executor and client while a call runs, see {@link HandBack}.
   *
   * @param notes takes what the client is told, up to 1 KiB at a time
   * @return run when the client asks for something
   */
  public static Runnable converse(Consumer<byte[]> notes) {
    return HandBack.through(notes);
  }

  /** Encodes one value, as a result is encoded. */
  public static byte[] encode(Object value) {
    ByteWriter out = new ByteWriter(64);
    ValueWriter.write(out, value);
    return out.toByteArray();
  }

  /**
   * Reads a result or an exception.
   *
   * @param filter refuses what serialized objects must not hold; may be null
   * @throws ResultEncodingException if it cannot be read here
   */
  public static Object decode(byte[] encoded, ObjectInputFilter filter) {
    try {
      return new ValueReader(new ByteReader(encoded), filter).read();
    } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError unreadable) {
      throw undecodable(unreadable);
    }
  }

  /**
   * Reads the results of a chunk into an array: of ints, longs or doubles if they are all of that
   * type, else of objects. See {@link Columns}.
   *
   * @param filter refuses what serialized objects must not hold; may be null
   * @throws ResultEncodingException if they cannot be read here
   */
  public static Object decodeChunk(byte[] encoded, ObjectInputFilter filter) {
    try {
      return new ValueReader(new ByteReader(encoded), filter).readColumn();
    } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError unreadable) {
      throw undecodable(unreadable);
    }
  }

  /**
   * Reads the outcomes of a settled chunk: for each item its result, or an {@link ItemFailure}.
   *
   * @param filter refuses what serialized objects must not hold; may be null
   * @throws ResultEncodingException if they cannot be read here
   */
  public static Object[] decodeSettled(byte[] encoded, ObjectInputFilter filter) {
    try {
      return SettledChunk.read(new ValueReader(new ByteReader(encoded), filter));
    } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError unreadable) {
      throw undecodable(unreadable);
    }
  }

  /**
   * Of how many items an encoded chunk has the outcomes: fewer than it was given if it handed back
   * the others. The outcomes are not read.
   *
   * @throws ResultEncodingException if it cannot be read here
   */
  public static int count(byte[] encoded, boolean settled) {
    try {
      ByteReader in = new ByteReader(encoded);
      return settled ? SettledChunk.count(in) : ValueReader.blockSize(in);
    } catch (MalformedCallException unreadable) {
      throw undecodable(unreadable);
    }
  }

  static ArgumentDecodingException unreadable(String what, Throwable cause) {
    Throwable reason =
        cause instanceof NoSuchMethodException missing
            ? new NoSuchMethodError(missing.getMessage())
            : cause;
    return new ArgumentDecodingException("cannot read " + what + ": " + cause, reason);
  }

  /** Also where a few bytes stand for more levels or items than can be had here. */
  private static ResultEncodingException undecodable(Throwable cause) {
    return new ResultEncodingException("the result cannot be read here: " + cause, cause);
  }
}
