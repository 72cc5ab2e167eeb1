package dev.farpool.examples;

import dev.farpool.RemoteProcess;

/**
 * What {@code join} is for: with it the program waits for its child, without it the program goes on
 * at once. The child's line appears in both cases, because a program does not end before the
 * processes it started.
 *
 * <pre>
 * java -cp 'lib/*' dev.farpool.examples.JoinBarrier join|nojoin [MILLISECONDS]
 * </pre>
 *
 * The child sleeps for 2,000 ms, or as long as the second argument says.
 */
public final class JoinBarrier {
  private JoinBarrier() {}

  /** Runs the example. */
  public static void main(String[] args) throws InterruptedException {
    boolean join = args.length == 0 || args[0].equals("join");
    long millis = args.length > 1 ? Long.parseLong(args[1]) : 2000;

    RemoteProcess child = new RemoteProcess(() -> work(millis));
    child.start();
    if (join) {
      child.join();
    }
    System.out.println("parent: after " + (join ? "join" : "start"));
  }

  private static void work(long millis) throws InterruptedException {
    Thread.sleep(millis);
    System.out.println("child: finished");
  }
}
