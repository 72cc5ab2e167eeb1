package dev.farpool.worker.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.farpool.executor.frame.FrameWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameAssemblerTest {
  @Test
  void framesAreTheSameHoweverTheyArrive() throws IOException {
    FrameWriter frames = new FrameWriter();
    for (int i = 0; i < 20; i++) {
      frames.begin((byte) i).putBytes(new byte[i * 3]).end();
    }
    byte[] bytes = frames.toByteArray();

    for (int piece = 1; piece <= bytes.length; piece++) {
      List<Integer> sizes = new ArrayList<>();
      FrameAssembler assembler = new FrameAssembler(1 << 20);
      for (int at = 0; at < bytes.length; at += piece) {
        int length = Math.min(piece, bytes.length - at);
        assembler.feed(
            ByteBuffer.wrap(bytes, at, length),
            frame -> {
              assertEquals(sizes.size(), frame.get());
              sizes.add(frame.getInt());
            });
      }
      assertEquals(20, sizes.size(), "pieces of " + piece);
      assertEquals(57, sizes.get(19));
    }
  }

  @Test
  void whatCannotBeAFrameIsRefused() {
    ByteBuffer negative = ByteBuffer.allocate(8).putInt(0, -1);

    assertThrows(IOException.class, () -> new FrameAssembler(1 << 20).feed(negative, frame -> {}));
  }
}
