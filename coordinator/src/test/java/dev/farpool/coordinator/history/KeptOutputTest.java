package dev.farpool.coordinator.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.farpool.v1.OutputPiece;
import dev.farpool.v1.TaskOutput;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptOutputTest {
  private static final PoolKey POOL = new PoolKey("alice", "p");
  private final KeptOutput output = new KeptOutput();

  private static TaskOutput piece(ByteString data) {
    return TaskOutput.newBuilder().setData(data).build();
  }

  private static TaskOutput piece(int bytes) {
    return piece(ByteString.copyFrom(new byte[bytes]));
  }

  private static long bytes(List<OutputPiece> pieces) {
    return pieces.stream().mapToLong(piece -> piece.getData().size()).sum();
  }

  @Test
  void piecesComeInTheirOrderWithStreamAndAttempt() {
    output.add(POOL, 7, 1, piece(ByteString.copyFromUtf8("one\n")));
    TaskOutput second =
        TaskOutput.newBuilder().setStderr(true).setData(ByteString.copyFromUtf8("two\n")).build();
    output.add(POOL, 7, 2, second);

    List<OutputPiece> pieces = output.find(POOL, 7).from(0);

    assertEquals("one\n", pieces.get(0).getData().toStringUtf8());
    assertEquals(1, pieces.get(0).getAttempt());
    assertTrue(pieces.get(1).getStderr());
    assertEquals(2, pieces.get(1).getAttempt());
    assertNull(output.find(POOL, 8));
  }

  @Test
  void onlyTheEndOfALongOutputIsKeptAndTheGapIsTold() {
    for (int i = 0; i < 100; i++) {
      output.add(POOL, 0, 1, piece(1000));
    }

    List<OutputPiece> pieces = output.find(POOL, 0).from(0);

    assertTrue(bytes(pieces) <= OutputTail.MOST_BYTES);
    assertTrue(bytes(pieces) > OutputTail.MOST_BYTES - 3000);
    assertEquals(100_000, pieces.get(0).getDropped() + bytes(pieces));
    assertEquals(0, pieces.get(1).getDropped());
  }

  @Test
  void onlyTheEndOfALongPieceIsKept() {
    output.add(POOL, 0, 1, piece(100_000));

    List<OutputPiece> pieces = output.find(POOL, 0).from(0);

    assertTrue(bytes(pieces) <= OutputTail.MOST_BYTES);
    assertEquals(100_000, pieces.get(0).getDropped() + bytes(pieces));
  }

  @Test
  void aReaderGoesOnWhereItWasAndIsToldWhatItMissed() {
    output.add(POOL, 0, 1, piece(10));
    long place = output.find(POOL, 0).end();
    output.add(POOL, 0, 1, TaskOutput.newBuilder().setDropped(5).build());
    output.add(POOL, 0, 1, piece(20));

    List<OutputPiece> pieces = output.find(POOL, 0).from(place);

    assertEquals(5, pieces.get(0).getDropped());
    assertEquals(20, bytes(pieces));
    assertEquals(35, output.find(POOL, 0).end());
  }

  @Test
  void whatPrintedNothingForTheLongestTimeGoesFirst() {
    int fitting = (int) (KeptOutput.MOST_BYTES / OutputTail.MOST_BYTES);
    for (int index = 0; index < fitting / 2; index++) {
      output.add(POOL, index, 1, piece(OutputTail.MOST_BYTES));
    }
    output.add(POOL, 0, 1, piece(1));
    for (int index = fitting / 2; index < fitting + 100; index++) {
      output.add(POOL, index, 1, piece(OutputTail.MOST_BYTES));
    }

    assertNull(output.find(POOL, 1));
    assertNotNull(output.find(POOL, 0));
    assertNotNull(output.find(POOL, fitting + 99));
  }

  @Test
  void allTogetherIsBounded() {
    for (int index = 0; index < 100_000; index++) {
      output.add(POOL, index, 1, piece(10));
    }

    long kept = 0;
    for (int index = 0; index < 100_000; index++) {
      kept += output.find(POOL, index) == null ? 0 : 1;
    }
    assertTrue(kept * 300 <= KeptOutput.MOST_BYTES, kept + " are kept");
    assertNotNull(output.find(POOL, 99_999));
  }
}
