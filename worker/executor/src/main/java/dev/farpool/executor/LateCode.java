package dev.farpool.executor;

import java.io.IOException;

/**
 * A pool's code that comes after the executor was started, to its place on the class path.
 *
 * <p>The JDK opens a jar of the class path when it first looks for something that is in none before
 * it. So the runtime must look for nothing that it does not hold itself until the code is there.
 */
public final class LateCode {
  /** An entry of the jar in which it comes. */
  public static final String MARK = "META-INF/farpool-code";

  private LateCode() {}

  /**
   * It is there. From now on code sees no difference to an executor that was started with it.
   *
   * @param classPath what that executor's would be; empty if this is such a one
   * @throws IOException if the JDK has looked too early, and finds nothing now
   */
  static void arrived(String classPath) throws IOException {
    if (classPath.isEmpty()) {
      return;
    }
    if (ClassLoader.getSystemResource(MARK) == null) {
      throw new IOException("a spare cannot load its code on this Java; use --spares 0");
    }
    System.setProperty("java.class.path", classPath);
  }
}
