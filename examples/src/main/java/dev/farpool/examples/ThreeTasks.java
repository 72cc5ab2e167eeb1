package dev.farpool.examples;

import dev.farpool.Pool;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Three tasks, two processes: A and B start at once, C when one of them has ended, and {@code
 * Done.} comes last.
 *
 * <pre>
 * java -cp 'lib/*' dev.farpool.examples.ThreeTasks [LONGEST_SECONDS]
 * </pre>
 *
 * The argument is how long a task may sleep; 3 without it.
 */
public final class ThreeTasks {
  private ThreeTasks() {}

  /** Runs the example. */
  public static void main(String[] args) throws InterruptedException {
    double longest = args.length > 0 ? Double.parseDouble(args[0]) : 3;
    Pool pool = new Pool(2);
    for (String letter : List.of("A", "B", "C")) {
      pool.applyAsync(() -> sleepAWhile(letter, longest));
    }
    pool.close();
    pool.join();
    System.out.println("Done.");
  }

  private static void sleepAWhile(String letter, double longest) throws InterruptedException {
    System.out.println(letter + " started at " + LocalTime.now(ZoneId.systemDefault()));
    long began = System.nanoTime();
    Thread.sleep((long) (ThreadLocalRandom.current().nextDouble() * longest * 1000));
    Duration ran = Duration.ofNanos(System.nanoTime() - began);
    System.out.printf("%s ran for %.3f s%n", letter, ran.toMillis() / 1000.0);
  }
}
