package dev.farpool.examples;

import dev.farpool.Pool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * Counts the words of some texts: {@code map} reads and counts each text in a process of its own,
 * the program adds up. The texts are resources of this program; they travel with its code.
 *
 * <pre>
 * java -cp 'lib/*' dev.farpool.examples.WordCount [PROCESSES]
 * </pre>
 */
public final class WordCount {
  private static final List<String> TEXTS =
      List.of("alice.txt", "moby-dick.txt", "pride-and-prejudice.txt", "two-cities.txt");
  private static final int SHOWN = 10;

  private WordCount() {}

  /** Runs the example. */
  public static void main(String[] args) throws InterruptedException, ExecutionException {
    Pool pool = new Pool(args.length > 0 ? Integer.parseInt(args[0]) : 2);
    List<Map<String, Long>> counts = pool.map(WordCount::count, TEXTS, 1);
    pool.close();
    pool.join();

    Map<String, Long> total = new HashMap<>();
    counts.forEach(some -> some.forEach((word, count) -> total.merge(word, count, Long::sum)));
    total.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(SHOWN)
        .forEach(entry -> System.out.printf("%4d %s%n", entry.getValue(), entry.getKey()));
    System.out.printf(
        "%d words, %d different, in %d texts%n",
        total.values().stream().mapToLong(Long::longValue).sum(), total.size(), TEXTS.size());
  }

  private static Map<String, Long> count(String name) throws IOException {
    try (InputStream text = WordCount.class.getResourceAsStream("texts/" + name)) {
      return Text.frequencies(new String(text.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
