package dev.farpool.peers;

import dev.farpool.peers.load.Sample;
import dev.farpool.peers.process.Child;
import java.util.List;

/** What a measuring program prints. */
final class Samples {
  private Samples() {}

  /** Its samples up to its end; other lines are a library's own and passed over. */
  static List<Sample> of(Child program) throws InterruptedException {
    return program.lines(Effort.VISIT).stream()
        .filter(line -> line.startsWith("{"))
        .map(Sample::parse)
        .toList();
  }
}
