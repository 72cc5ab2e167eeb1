package dev.farpool.worker.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/** What tests run in executors. Public and static, so that it can also be called by name. */
@SuppressWarnings({
  "DoNotCallSuggester",
  "ModifiedButNotUsed"
}) // To throw and to waste is what they are for.
public final class TestTasks {
  private static int calls;

  private TestTasks() {}

  public static String echo(String argument) {
    return argument;
  }

  public static String large(String size) {
    return "x".repeat(Integer.parseInt(size));
  }

  public static String count(String ignored) {
    return String.valueOf(++calls);
  }

  public static String pid(String ignored) {
    return String.valueOf(ProcessHandle.current().pid());
  }

  public static String variable(String name) {
    return System.getenv(name);
  }

  public static String directory(String ignored) {
    return System.getProperty("user.dir");
  }

  /** What code can see of how its process was started. */
  public static String surroundings(String ignored) {
    return String.join(
        "\n",
        System.getProperty("java.class.path"),
        String.valueOf(TestTasks.class.getProtectionDomain().getCodeSource().getLocation()),
        String.valueOf(TestTasks.class.getClassLoader() == ClassLoader.getSystemClassLoader()),
        System.getProperty("user.dir"),
        new TreeSet<>(System.getenv().keySet()).toString());
  }

  public static String print(String text) {
    System.out.println("out " + text);
    System.err.println("err " + text);
    System.out.print("rest " + text);
    return "printed";
  }

  public static String refuse(String message) {
    throw new IllegalStateException(message, new IOException("the cause"));
  }

  public static String badMessage(String ignored) {
    throw new IllegalStateException() {
      private static final long serialVersionUID = 1;

      @Override
      public String getMessage() {
        throw new UnsupportedOperationException("no message for you");
      }
    };
  }

  public static String fault(String message) {
    throw new AssertionError(message);
  }

  public static String exit(String code) {
    System.err.println("last words");
    System.exit(Integer.parseInt(code));
    return "never";
  }

  public static String halt(String code) {
    Runtime.getRuntime().halt(Integer.parseInt(code));
    return "never";
  }

  public static String exhaust(String ignored) {
    List<long[]> hoard = new java.util.ArrayList<>();
    while (true) {
      hoard.add(new long[1 << 20]);
    }
  }

  /** Announces itself by a file, then runs until it is killed. */
  public static String spin(String file) throws IOException {
    announce(file);
    while (true) {
      Thread.onSpinWait();
    }
  }

  /** Announces itself by a file, then waits until it is interrupted. */
  public static String wait(String file) throws IOException, InterruptedException {
    announce(file);
    Thread.sleep(600_000);
    return "never";
  }

  /** Tells the client of itself, then waits for a file. */
  public static String tell(String file) throws InterruptedException {
    TestCodec.tell("it runs");
    while (!Files.exists(Path.of(file))) {
      Thread.sleep(1);
    }
    return "told";
  }

  /** Announces itself by a file, then waits until the client asks for something. */
  public static String listen(String file) throws IOException, InterruptedException {
    announce(file);
    TestCodec.awaitWish();
    return "heard";
  }

  /** Announces itself by a file, then waits until that is deleted. */
  public static String hold(String file) throws IOException, InterruptedException {
    announce(file);
    while (Files.exists(Path.of(file))) {
      Thread.sleep(1);
    }
    return "let go";
  }

  /** Starts a process that leaves the tree, tells its id by a file, and waits. */
  public static String escape(String file) throws IOException, InterruptedException {
    new ProcessBuilder(
            "setsid",
            "sh",
            "-c",
            "echo $$ > " + file + ".part; mv " + file + ".part " + file + "; sleep 600")
        .start();
    Thread.sleep(600_000);
    return "never";
  }

  private static void announce(String file) throws IOException {
    Path part = Path.of(file + ".part");
    Files.writeString(part, String.valueOf(ProcessHandle.current().pid()));
    Files.move(part, Path.of(file));
  }

  public static long add(long a, long b) {
    return a + b;
  }

  public static String join(List<Object> items, String separator) {
    return String.join(separator, items.stream().map(String::valueOf).toList());
  }

  public static Object thread() {
    return new Thread();
  }
}
