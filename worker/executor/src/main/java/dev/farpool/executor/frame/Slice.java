package dev.farpool.executor.frame;

/**
 * How much a socket is asked to take or to give at once. The JDK copies through native memory of
 * the size asked for, and keeps it; a socket takes about this much. To ask for megabytes again and
 * again would copy them again and again.
 */
public final class Slice {
  /** In bytes. */
  public static final int BYTES = 256 * 1024;

  private Slice() {}
}
