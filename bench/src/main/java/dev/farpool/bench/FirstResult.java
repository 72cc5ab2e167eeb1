package dev.farpool.bench;

import dev.farpool.Pool;
import java.util.concurrent.ExecutionException;

/** The smallest program with a result of a pool; {@link Cold} starts it. */
public final class FirstResult {
  /** What it prints when it has the result. */
  static final String PRINTED = "result";

  private FirstResult() {}

  /**
   * @param arguments how many processes the pool is to have
   */
  public static void main(String[] arguments) throws ExecutionException, InterruptedException {
    new Pool(Integer.parseInt(arguments[0])).apply(Load::noop);
    System.out.println(PRINTED);
  }
}
