package dev.farpool.executor;

/** Prints an uncaught exception as CPython's {@code Process} does. */
final class LastWords implements Thread.UncaughtExceptionHandler {
  private final String processName;

  LastWords(String processName) {
    this.processName = processName;
  }

  @Override
  public void uncaughtException(Thread thread, Throwable thrown) {
    System.err.println("Process " + processName + ":");
    thrown.printStackTrace();
  }
}
