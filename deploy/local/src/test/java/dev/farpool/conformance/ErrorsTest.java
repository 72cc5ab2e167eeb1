package dev.farpool.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.RemoteStackTrace;
import dev.farpool.RemoteTaskException;
import dev.farpool.ResultEncodingException;
import dev.farpool.SerializableCallable;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Section 1.7 of the semantics: errors on their way between processes harm nothing else. */
@Timeout(60)
class ErrorsTest {
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster(1);

  private long pidBefore;

  @BeforeEach
  void rememberTheExecutor() throws Exception {
    pidBefore = pid();
  }

  @AfterEach
  void theExecutorIsUnharmed() throws Exception {
    assertEquals(pidBefore, pid());
  }

  @Test
  void anExceptionArrivesAsItWasWithItsRemoteStack() {
    Throwable error =
        failureOf(
            () -> {
              throw new IOException("disk on fire");
            });

    assertEquals(IOException.class, error.getClass());
    assertEquals("disk on fire", error.getMessage());
    RemoteStackTrace remote = assertInstanceOf(RemoteStackTrace.class, error.getCause());
    assertTrue(remote.toString().contains("ErrorsTest"), remote::toString);
    assertEquals(pidBefore, remote.pid());
  }

  @Test
  void anExceptionKeepsItsCause() {
    Throwable error =
        failureOf(
            () -> {
              throw new IllegalStateException("outer", new IOException("inner"));
            });

    assertEquals("inner", error.getCause().getMessage());
    assertInstanceOf(RemoteStackTrace.class, error.getCause().getCause());
  }

  @Test
  void anArgumentThatCannotBeSentIsRefusedAtTheCall() {
    Holder holder = new Holder();

    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> CLUSTER.warm().applyAsync(Holder::toString, holder))
            .getMessage();

    assertTrue(message.contains("Holder.connection"), message);
    assertTrue(message.contains("java.net.Socket"), message);
  }

  @Test
  void aCapturedValueThatCannotBeSentIsRefusedAtTheCall() {
    Thread thread = new Thread();

    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> CLUSTER.warm().applyAsync(() -> thread.getName()))
            .getMessage();

    assertTrue(message.contains("java.lang.Thread"), message);
  }

  @Test
  void aResultThatCannotBeSentIsAnErrorOfItsTask() {
    Throwable error = failureOf(Object::new);

    assertInstanceOf(ResultEncodingException.class, error);
    assertTrue(error.getMessage().contains("java.lang.Object"), error::getMessage);
  }

  @Test
  void anExceptionThatCannotBeSentArrivesAsText() {
    Throwable error =
        failureOf(
            () -> {
              throw new Unsendable();
            });

    assertInstanceOf(RemoteTaskException.class, error);
    assertTrue(error.getMessage().contains("Unsendable"), error::getMessage);
    assertTrue(error.getMessage().contains("cannot travel"), error::getMessage);
  }

  @Test
  void anExceptionThatCannotBeReadArrivesAsText() {
    Throwable error =
        failureOf(
            () -> {
              throw new Unreadable();
            });

    assertInstanceOf(RemoteTaskException.class, error);
    assertTrue(error.getMessage().contains("cannot be read"), error::getMessage);
  }

  @Test
  void aResultThatCannotBeReadIsAnErrorOfItsTask() {
    Throwable error = failureOf(UnreadableValue::new);

    assertInstanceOf(ResultEncodingException.class, error);
  }

  @Test
  void codeThatIsNotOnTheClassPathIsNamed(@TempDir Path directory) throws Exception {
    SerializableCallable<?> task = compiledAtRunTime(directory);

    Throwable error = failureOf(task);

    assertInstanceOf(RemoteTaskException.class, error);
    assertTrue(error.getMessage().contains("MadeLater"), error::getMessage);
  }

  private static SerializableCallable<?> compiledAtRunTime(Path directory) throws Exception {
    Path source = directory.resolve("MadeLater.java");
    Files.writeString(
        source,
        """
        public final class MadeLater implements dev.farpool.SerializableCallable<String> {
          public String call() { return ""; }
        }
        """);
    String classPath =
        Path.of(
                SerializableCallable.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI())
            .toString();
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-proc:none", "-cp", classPath, source.toString());
    assertEquals(0, compiled);
    URLClassLoader loader = new URLClassLoader(new URL[] {directory.toUri().toURL()});
    return (SerializableCallable<?>)
        loader.loadClass("MadeLater").getDeclaredConstructor().newInstance();
  }

  private static long pid() throws Exception {
    return CLUSTER.warm().apply(() -> ProcessHandle.current().pid());
  }

  private static Throwable failureOf(SerializableCallable<?> task) {
    return assertThrows(
            ExecutionException.class,
            () -> CLUSTER.warm().applyAsync(task).get(20, TimeUnit.SECONDS))
        .getCause();
  }

  private static final class Holder implements Serializable {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // Its absence is what the test is about.
    private final Socket connection = new Socket();

    @Override
    public String toString() {
      return connection.toString();
    }
  }

  private static final class Unsendable extends Exception {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // Its absence is what the test is about.
    private final Object lock = new Object();

    Unsendable() {
      super("cannot travel");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return lock == null ? super.fillInStackTrace() : this;
    }
  }

  private static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    Unreadable() {
      super("cannot be read");
    }

    private void readObject(ObjectInputStream in) throws IOException {
      throw new IOException("never readable");
    }
  }

  private static final class UnreadableValue implements Serializable {
    private static final long serialVersionUID = 1;

    private void readObject(ObjectInputStream in) throws IOException {
      throw new IOException("never readable");
    }
  }
}
