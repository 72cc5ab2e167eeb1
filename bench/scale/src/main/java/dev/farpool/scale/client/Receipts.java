package dev.farpool.scale.client;

import dev.farpool.v1.ResultBlock;
import dev.farpool.v1.ResultsResponse;
import dev.farpool.v1.TaskResult;
import java.util.BitSet;

/** Which results of a pool came, and whether any came twice. Not thread-safe. */
final class Receipts {
  private final BitSet seen = new BitSet();
  private long delivered;
  private long twice;
  private long failed;

  void add(ResultsResponse message) {
    for (ResultBlock block : message.getBlocksList()) {
      for (int i = 0; i < block.getIndexesCount(); i++) {
        add(block.getIndexes(i));
      }
    }
    for (TaskResult result : message.getResultsList()) {
      failed += result.hasFailure() ? 1 : 0;
      add(result.getIndex());
    }
  }

  private void add(long index) {
    int at = Math.toIntExact(index);
    if (seen.get(at)) {
      twice++;
    } else {
      seen.set(at);
      delivered++;
    }
  }

  /** Tasks with a result. */
  long delivered() {
    return delivered;
  }

  long twice() {
    return twice;
  }

  long failed() {
    return failed;
  }
}
