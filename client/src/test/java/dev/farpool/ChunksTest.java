package dev.farpool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunksTest {
  @ParameterizedTest
  @CsvSource({
    "0,3,0",
    "1,3,1",
    "11,3,1",
    "12,3,1",
    "13,3,2",
    "100,3,9",
    "10000000,2,1250000",
    "5,1000000,1"
  })
  void theDefaultSizeIsThatOfPython(int items, int processes, int size) {
    assertEquals(size, Chunks.defaultSize(items, processes));
  }

  @Test
  void theLastChunkHasTheRest() {
    assertArrayEquals(new int[] {4, 4, 2}, Chunks.counts(10, 4));
    assertArrayEquals(new int[] {}, Chunks.counts(0, 4));
  }

  @Test
  void largeChunksTravelInPiecesThatNeverReachIntoTheNextChunk() {
    assertArrayEquals(
        new int[] {2_000, 500, 2_000, 500, 2_000}, Chunks.pieces(Chunks.counts(7_000, 2_500)));
  }

  @Test
  void chunksOfModerateSizeTravelWhole() {
    assertArrayEquals(new int[] {9, 9, 2}, Chunks.pieces(Chunks.counts(20, 9)));
    assertArrayEquals(new int[] {}, Chunks.pieces(new int[0]));
  }
}
