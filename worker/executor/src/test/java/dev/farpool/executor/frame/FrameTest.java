package dev.farpool.executor.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FrameTest {
  private static FrameReader reader(byte[] bytes) {
    return new FrameReader(channel(bytes), 16);
  }

  private static ReadableByteChannel channel(byte[] bytes) {
    return Channels.newChannel(new ByteArrayInputStream(bytes));
  }

  @Test
  void fieldsComeBackInTheirOrder() throws IOException {
    FrameWriter out = new FrameWriter();
    byte[] large = new byte[100_000];
    Arrays.fill(large, (byte) 7);
    out.begin((byte) 3).putByte((byte) -1).putInt(-5).putLong(Long.MIN_VALUE + 9);
    out.putString("größe").putBytes(large).end();
    out.begin((byte) 4).end();

    FrameReader in = reader(out.toByteArray());
    assertEquals(3, in.next());
    assertEquals(-1, in.readByte());
    assertEquals(-5, in.readInt());
    assertEquals(Long.MIN_VALUE + 9, in.readLong());
    assertEquals("größe", in.readString());
    assertArrayEquals(large, in.readBytes());
    assertEquals(0, in.remaining());
    assertEquals(4, in.next());
    assertFalse(in.readAhead(channel(new byte[0])));
    assertEquals(FrameReader.END, in.next());
  }

  @Test
  void aFrameThatFollowsIsSeenBeforeThisOneHasBeenRead() throws IOException {
    FrameWriter one = new FrameWriter();
    one.begin((byte) 1).putInt(42).end();
    FrameWriter two = new FrameWriter();
    two.begin((byte) 2).end();

    FrameReader in = reader(one.toByteArray());
    in.next();

    assertFalse(in.readAhead(channel(new byte[0])));
    assertTrue(in.readAhead(channel(two.toByteArray())));
    assertTrue(in.readAhead(channel(new byte[0])));
    assertEquals(42, in.readInt());
    assertEquals(2, in.next());
  }

  @Test
  void whatWasNotReadOfAFrameIsSkipped() throws IOException {
    FrameWriter out = new FrameWriter();
    out.begin((byte) 1).putBytes(new byte[1000]).end();
    out.begin((byte) 2).putInt(42).end();

    FrameReader in = reader(out.toByteArray());
    assertEquals(1, in.next());
    assertEquals(2, in.next());
    assertEquals(42, in.readInt());
  }

  @Test
  void bytesWrittenFromElsewhereBelongToTheFrame() throws IOException {
    FrameWriter out = new FrameWriter();
    out.begin((byte) 1).putInt(3);
    out.end(3);
    out.putRaw(new byte[] {1, 2, 3}, 0, 3);

    FrameReader in = reader(out.toByteArray());
    assertEquals(1, in.next());
    assertArrayEquals(new byte[] {1, 2, 3}, in.readBytes());
  }

  @Test
  void fieldsThatExceedTheirFrameAreRefused() throws IOException {
    FrameWriter out = new FrameWriter();
    out.begin((byte) 1).putInt(1000).end();

    FrameReader in = reader(out.toByteArray());
    in.next();
    assertThrows(IOException.class, in::readBytes);
    assertThrows(IOException.class, in::readLong);
  }

  @Test
  void channelThatEndsWithinAFrameIsAnError() throws IOException {
    FrameWriter out = new FrameWriter();
    out.begin((byte) 1).putLong(1).end();

    FrameReader in = reader(Arrays.copyOf(out.toByteArray(), 9));
    in.next();
    assertThrows(EOFException.class, in::readLong);
  }

  @Test
  void frameWithoutATypeIsRefused() {
    assertThrows(IOException.class, () -> reader(new byte[4]).next());
  }
}
