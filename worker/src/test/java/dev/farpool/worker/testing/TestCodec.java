package dev.farpool.worker.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;

/** A codec for tests: a definition names a method of {@link TestTasks} or {@link Mischief}. */
public final class TestCodec {
  private static final CountDownLatch ASKED = new CountDownLatch(1);
  private static Consumer<byte[]> notes;

  private TestCodec() {}

  public static Runnable converse(Consumer<byte[]> notes) {
    TestCodec.notes = notes;
    return ASKED::countDown;
  }

  static void awaitWish() throws InterruptedException {
    ASKED.await();
  }

  static void tell(String note) {
    notes.accept(note.getBytes(StandardCharsets.UTF_8));
  }

  public static Function<byte[], byte[]> function(byte[] definition) throws Exception {
    String name = new String(definition, StandardCharsets.UTF_8);
    if (name.equals("noop")) {
      return arguments -> arguments;
    }
    if (name.startsWith("missing")) {
      throw new ClassNotFoundException("com.example.Missing");
    }
    Method method = method(name);
    return arguments -> call(method, arguments);
  }

  private static Method method(String name) throws NoSuchMethodException {
    try {
      return TestTasks.class.getMethod(name, String.class);
    } catch (NoSuchMethodException other) {
      return Mischief.class.getMethod(name, String.class);
    }
  }

  public static byte[] exception(Throwable thrown) {
    return thrown.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] call(Method method, byte[] arguments) {
    try {
      Object result = method.invoke(null, new String(arguments, StandardCharsets.UTF_8));
      return String.valueOf(result).getBytes(StandardCharsets.UTF_8);
    } catch (InvocationTargetException thrown) {
      throw TestCodec.<RuntimeException>sneaky(thrown.getCause());
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T sneaky(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
