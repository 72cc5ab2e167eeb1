package dev.farpool.scale.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.farpool.v1.Failure;
import dev.farpool.v1.ResultBlock;
import dev.farpool.v1.ResultsResponse;
import dev.farpool.v1.TaskResult;
import org.junit.jupiter.api.Test;

class ReceiptsTest {
  private final Receipts receipts = new Receipts();

  @Test
  void tellsWhatCameTwice() {
    receipts.add(blocks(0, 1, 2));
    receipts.add(blocks(2, 3));

    assertEquals(4, receipts.delivered());
    assertEquals(1, receipts.twice());
  }

  @Test
  void countsFailures() {
    TaskResult failed =
        TaskResult.newBuilder().setIndex(4).setFailure(Failure.getDefaultInstance()).build();
    receipts.add(ResultsResponse.newBuilder().addResults(failed).build());

    assertEquals(1, receipts.delivered());
    assertEquals(1, receipts.failed());
  }

  private static ResultsResponse blocks(long... indexes) {
    ResultBlock.Builder block = ResultBlock.newBuilder();
    for (long index : indexes) {
      block.addIndexes(index).addSizes(0);
    }
    return ResultsResponse.newBuilder().addBlocks(block).build();
  }
}
