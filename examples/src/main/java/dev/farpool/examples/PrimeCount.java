package dev.farpool.examples;

import dev.farpool.AsyncResult;
import dev.farpool.Pool;
import dev.farpool.ResultIterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Counts primes in parallel: a {@code map} whose results arrive as they are ready, a call with
 * callbacks, and an error that travels back.
 *
 * <pre>
 * java -cp 'lib/*' dev.farpool.examples.PrimeCount [BELOW]
 * </pre>
 *
 * The primes below 5,000,000 are counted, or below the argument.
 */
public final class PrimeCount {
  private static final int RANGE = 10_000;

  private PrimeCount() {}

  /** Runs the example. */
  public static void main(String[] args) throws InterruptedException, ExecutionException {
    int below = args.length > 0 ? Integer.parseInt(args[0]) : 5_000_000;
    Pool pool = new Pool();
    System.out.printf("%d primes below %d%n", count(pool, below), below);
    callBack(pool);
    fail(pool);
    pool.close();
    pool.join();
  }

  /** Each item is the start of a range; five of them make a task, which saves messages. */
  private static long count(Pool pool, int below) {
    List<Integer> starts =
        IntStream.iterate(0, start -> start < below, start -> start + RANGE)
            .boxed()
            .collect(Collectors.toList());
    long primes = 0;
    try (ResultIterator<Integer> counts =
        pool.imapUnordered(start -> primesIn(start, Math.min(start + RANGE, below)), starts, 5)) {
      for (int count : Progress.of("primes", starts.size(), counts)) {
        primes += count;
      }
    }
    return primes;
  }

  private static void callBack(Pool pool) throws InterruptedException, ExecutionException {
    AsyncResult<Integer> result =
        pool.applyAsync(
            () -> primesIn(0, 100),
            count -> System.out.println("the callback got " + count),
            error -> System.out.println("the error callback got " + error));
    result.get();
  }

  private static void fail(Pool pool) throws InterruptedException {
    try {
      int count = pool.applyAsync(() -> primesIn(100, 0)).get();
      System.out.println("a range of negative length holds " + count);
    } catch (ExecutionException failed) {
      System.out.println("as it should, it failed: " + failed.getCause());
    }
  }

  private static int primesIn(int from, int to) {
    if (from > to) {
      throw new IllegalArgumentException("from " + from + " is above to " + to);
    }
    return (int) IntStream.range(from, to).filter(PrimeCount::isPrime).count();
  }

  private static boolean isPrime(int number) {
    for (int divisor = 2; (long) divisor * divisor <= number; divisor++) {
      if (number % divisor == 0) {
        return false;
      }
    }
    return number > 1;
  }
}
