package dev.farpool.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ChunkItemsTest {
  @Test
  void allItemsAreClaimedWhereNobodyWantsThem() {
    assertEquals(0, claimAll(new ChunkItems(0)));
    assertEquals(1, claimAll(new ChunkItems(1)));
    assertEquals(255, claimAll(new ChunkItems(255)));
    assertEquals(10_000, claimAll(new ChunkItems(10_000)));
  }

  @Test
  void theFirstItemIsNeverHandedBack() {
    ChunkItems items = new ChunkItems(3);

    assertTrue(items.handBack());
    assertEquals(1, items.end());
    assertEquals(1, claimAll(items));
  }

  @Test
  void whatHasNotBegunIsHandedBackOnce() {
    ChunkItems items = new ChunkItems(5);
    items.claim(0);
    items.claim(1);

    assertTrue(items.handBack());
    assertEquals(2, items.end());
    assertEquals(2, items.claim(2));
    assertFalse(items.handBack());
    assertEquals(2, items.end());
  }

  @Test
  void aChunkAtItsLastItemHasNothingToHandBack() {
    ChunkItems items = new ChunkItems(2);
    items.claim(0);
    items.claim(1);

    assertFalse(items.handBack());
    assertEquals(2, items.end());
  }

  @Test
  void whenBothAreAtItNoItemIsDoneTwiceOrForgotten() {
    for (int round = 0; round < 2_000; round++) {
      ChunkItems items = new ChunkItems(1 + round % 700);
      CompletableFuture<Integer> done = CompletableFuture.supplyAsync(() -> claimAll(items));

      items.handBack();

      assertEquals(items.end(), done.join());
    }
  }

  private static int claimAll(ChunkItems items) {
    int done = 0;
    for (int end = items.claim(0); done < end; end = items.claim(done)) {
      done = end;
    }
    return done;
  }
}
