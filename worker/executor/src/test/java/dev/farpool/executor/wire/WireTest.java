package dev.farpool.executor.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WireTest {
  @Test
  void fieldsOfAllTypesComeBack() {
    byte[] message =
        new WireWriter()
            .varint(1, 300)
            .zigZag(2, -1)
            .zigZag(3, Long.MIN_VALUE)
            .fixed(4, -1.5)
            .string(5, "ü")
            .bytes(200, new byte[] {1, 2})
            .toByteArray();

    WireReader in = new WireReader(message);
    assertTrue(in.next());
    assertEquals(1, in.field());
    assertEquals(300, in.varint());
    assertTrue(in.next());
    assertEquals(-1, in.zigZag());
    assertTrue(in.next());
    assertEquals(Long.MIN_VALUE, in.zigZag());
    assertTrue(in.next());
    assertEquals(-1.5, in.fixed());
    assertTrue(in.next());
    assertEquals("ü", in.string());
    assertTrue(in.next());
    assertEquals(200, in.field());
    assertArrayEquals(new byte[] {1, 2}, in.bytes());
    assertFalse(in.next());
  }

  @Test
  void theEncodingIsThatOfProtocolBuffers() {
    // From the encoding's documentation: field 1 is 150, field 2 is "testing".
    byte[] expected = {8, (byte) 0x96, 1, 0x12, 7, 't', 'e', 's', 't', 'i', 'n', 'g'};

    assertArrayEquals(expected, new WireWriter().varint(1, 150).string(2, "testing").toByteArray());
  }

  @Test
  void unknownFieldsAreSkipped() {
    byte[] message =
        new WireWriter().varint(7, 1).fixed(8, 2).string(9, "x").varint(1, 5).toByteArray();

    WireReader in = new WireReader(message);
    for (int i = 0; i < 3; i++) {
      in.next();
      in.skip();
    }
    in.next();
    assertEquals(5, in.varint());
  }

  @Test
  void malformedMessagesAreRefused() {
    WireReader truncated = new WireReader(new byte[] {0x12, 100, 1});
    truncated.next();
    assertThrows(IllegalArgumentException.class, truncated::bytes);

    WireReader endless = new WireReader(new byte[] {8, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1});
    endless.next();
    assertThrows(IllegalArgumentException.class, endless::varint);

    WireReader otherType = new WireReader(new WireWriter().varint(1, 1).toByteArray());
    otherType.next();
    assertThrows(IllegalArgumentException.class, otherType::string);
  }
}
