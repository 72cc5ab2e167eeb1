package dev.farpool.cli.map;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One stream of one job: pieces in memory, and behind them blocks on disk. Not thread-safe. */
final class Spool {
  private static final int OVERHEAD_BYTES = 96;
  private static final int[] NONE = {};

  private final OutputStore store;
  private List<ByteString> pieces = List.of();
  private long memory;
  private int[] blocks = NONE;
  private int used;
  private int lastLength;

  Spool(OutputStore store) {
    this.store = store;
  }

  void add(ByteString piece) {
    long cost = piece.size() + (long) OVERHEAD_BYTES;
    if (used > 0 || !store.takeMemory(cost)) {
      spill(piece);
      return;
    }
    memory += cost;
    if (pieces.isEmpty()) {
      pieces = new ArrayList<>(2);
    }
    pieces.add(piece);
  }

  private void spill(ByteString piece) {
    for (int at = 0; at < piece.size(); ) {
      if (used == 0 || lastLength == OutputStore.BLOCK) {
        addBlock();
      }
      int length = Math.min(piece.size() - at, OutputStore.BLOCK - lastLength);
      ByteString slice = piece.substring(at, at + length);
      store.write(blocks[used - 1], lastLength, slice.asReadOnlyByteBuffer());
      lastLength += length;
      at += length;
    }
  }

  private void addBlock() {
    if (used == blocks.length) {
      blocks = Arrays.copyOf(blocks, Math.max(4, 2 * used));
    }
    blocks[used++] = store.allocate();
    lastLength = 0;
  }

  void copyTo(OutputStream target) throws IOException {
    for (ByteString piece : pieces) {
      piece.writeTo(target);
    }
    for (int i = 0; i < used; i++) {
      store.copy(blocks[i], i == used - 1 ? lastLength : OutputStore.BLOCK, target);
    }
  }

  void clear() {
    store.takeMemory(-memory);
    memory = 0;
    pieces = List.of();
    for (int i = 0; i < used; i++) {
      store.free(blocks[i]);
    }
    used = 0;
    blocks = NONE;
  }
}
