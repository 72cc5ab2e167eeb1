package dev.farpool.worker.testing;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tasks that do to their process what no task should. */
@SuppressWarnings({"InfiniteRecursion", "removal", "ThreadPriorityCheck"})
public final class Mischief {
  private static final List<Object> HOARD = new ArrayList<>();

  private Mischief() {}

  public static String exhaustDirectMemory(String ignored) {
    return ByteBuffer.allocateDirect(1 << 30).toString();
  }

  public static String exhaustMetaspace(String ignored) throws Exception {
    byte[] bytes;
    try (InputStream in = Mischief.class.getResourceAsStream("Mischief.class")) {
      bytes = in.readAllBytes();
    }
    while (true) {
      HOARD.add(new Copies().define(bytes).getDeclaredMethods());
    }
  }

  private static final class Copies extends ClassLoader {
    Class<?> define(byte[] bytes) {
      return defineClass(Mischief.class.getName(), bytes, 0, bytes.length);
    }
  }

  /** More stack than any machine has address space for. */
  public static String exhaustThreads(String ignored) {
    new Thread(null, () -> {}, "too large", 1L << 46).start();
    return "never";
  }

  public static String exhaustDescriptors(String ignored) throws IOException {
    while (true) {
      HOARD.add(new FileInputStream("/dev/null"));
    }
  }

  public static String recurse(String text) {
    return recurse(text) + text;
  }

  public static String crash(String ignored) throws ReflectiveOperationException {
    Field field = sun.misc.Unsafe.class.getDeclaredField("theUnsafe");
    field.setAccessible(true);
    ((sun.misc.Unsafe) field.get(null)).putLong(8L, 1);
    return "never";
  }

  /** Writes what is no text to both raw streams, closes them, and replaces the Java ones. */
  public static String ruinOutput(String ignored) throws IOException {
    byte[] garbage = new byte[100_000];
    for (int i = 0; i < garbage.length; i++) {
      garbage[i] = (byte) i;
    }
    for (FileDescriptor raw : List.of(FileDescriptor.out, FileDescriptor.err)) {
      try (FileOutputStream out = new FileOutputStream(raw)) {
        out.write(garbage);
      }
    }
    System.out.write(garbage);
    System.out.close();
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    System.setErr(null);
    return "unharmed";
  }

  public static String readInput(String ignored) throws IOException {
    return String.valueOf(System.in.read());
  }

  /** Leaves a thread that keeps a JVM alive. */
  public static String leaveThread(String ignored) {
    new Thread(
            () -> {
              while (true) {
                Thread.yield();
              }
            })
        .start();
    return String.valueOf(ProcessHandle.current().pid());
  }

  /** Announces itself by a file, then runs on whoever asks it to end. */
  public static String resist(String file) throws IOException {
    Thread hook =
        new Thread(
            () -> {
              while (true) {
                Thread.onSpinWait();
              }
            });
    Runtime.getRuntime().addShutdownHook(hook);
    return TestTasks.spin(file);
  }

  /** Takes so many megabytes beyond the heap, and touches each page of them. */
  public static String takeMemory(String megabytes) {
    ByteBuffer taken = ByteBuffer.allocateDirect(Integer.parseInt(megabytes) << 20);
    HOARD.add(taken);
    for (int at = 0; at < taken.capacity(); at += 4096) {
      taken.put(at, (byte) 1);
    }
    return "never";
  }

  public static String outOfMemoryScore(String ignored) throws IOException {
    return Files.readString(Path.of("/proc/self/oom_score_adj")).strip();
  }

  /** How many processes of this one have ended and were not asked after. */
  public static String zombies(String ignored) throws IOException {
    int zombies = 0;
    for (ProcessHandle child : ProcessHandle.current().descendants().toList()) {
      Path stat = Path.of("/proc", String.valueOf(child.pid()), "stat");
      zombies += Files.exists(stat) && Files.readString(stat).contains(") Z ") ? 1 : 0;
    }
    return String.valueOf(zombies);
  }

  public static String fillDirectory(String megabytes) throws IOException {
    Path file = Path.of("filler").toAbsolutePath();
    Files.write(file, new byte[Integer.parseInt(megabytes) << 20]);
    return file.toString();
  }

  /** Prints so many megabytes, half of it past {@code System.out}. */
  public static String flood(String megabytes) throws IOException {
    byte[] line = ("x".repeat(1023) + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    try (FileOutputStream raw = new FileOutputStream(FileDescriptor.out)) {
      for (int i = 0; i < Integer.parseInt(megabytes) * 512; i++) {
        System.out.write(line);
        raw.write(line);
      }
    }
    return "printed";
  }
}
