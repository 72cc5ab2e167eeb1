package dev.farpool.executor.tree;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What the kernel tells of a process in its directory below {@code /proc}. */
final class ProcFiles {
  private static final String KERNEL_THREADS = "2";
  private static final int MOSTLY_ENOUGH = 4096;
  private static final int STATE = 1;
  private static final int PARENT = 2;
  private static final int GROUP = 3;

  private ProcFiles() {}

  /**
   * The bytes of a file; none if the process has ended, is another user's, or there is no such.
   * Read without {@code readAllBytes}, which asks the kernel five times for lengths that files of
   * {@code /proc} do not have.
   */
  static byte[] read(long pid, String name) {
    try (FileInputStream file = new FileInputStream("/proc/" + pid + "/" + name)) {
      byte[] bytes = new byte[MOSTLY_ENOUGH];
      int size = 0;
      for (int read = 0; read >= 0; read = file.read(bytes, size, bytes.length - size)) {
        size += read;
        if (size == bytes.length) {
          bytes = Arrays.copyOf(bytes, 2 * size);
        }
      }
      return Arrays.copyOf(bytes, size);
    } catch (IOException goneOrNotOurs) {
      return new byte[0];
    }
  }

  /** Whether it has ended, and its parent has not asked after it. */
  static boolean isZombie(long pid) {
    return stat(pid)[STATE].equals("Z");
  }

  /** The number of a process's group; empty if it has ended. */
  static String group(long pid) {
    return stat(pid)[GROUP];
  }

  /**
   * Whether it is just beginning to run a program: for a moment it shows neither environment nor
   * command line. Others that show none are zombies and threads of the kernel.
   */
  static boolean isBeginning(long pid) {
    String[] stat = stat(pid);
    boolean inUserSpace =
        !stat[PARENT].equals(KERNEL_THREADS) && !Long.toString(pid).equals(KERNEL_THREADS);
    boolean lives = !stat[STATE].isEmpty() && !stat[STATE].equals("Z");
    return lives && inUserSpace && read(pid, "cmdline").length == 0;
  }

  /** Whether it is a further thread of a process: those have directories too, but unlisted. */
  static boolean isThread(long pid) {
    String status = new String(read(pid, "status"), StandardCharsets.ISO_8859_1);
    return !status.isEmpty() && !status.contains("\nTgid:\t" + pid + "\n");
  }

  /** What follows the name: state, parent, group; empty texts if there is no such process. */
  private static String[] stat(long pid) {
    String stat = new String(read(pid, "stat"), StandardCharsets.ISO_8859_1);
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).split(" ", 5);
    return fields.length == 5 ? fields : new String[] {"", "", "", "", ""};
  }
}
