package dev.farpool.cli.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputLinesTest {
  private static List<String> read(String text, char separator) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    InputLines lines = new InputLines(new ByteArrayInputStream(bytes), separator);
    List<String> read = new ArrayList<>();
    for (String line = lines.next(); line != null; line = lines.next()) {
      read.add(line);
    }
    return read;
  }

  @Test
  void lastLineNeedsNoSeparator() throws IOException {
    assertEquals(List.of("a", "", "ü b"), read("a\n\nü b", '\n'));
    assertEquals(List.of("a"), read("a\n", '\n'));
    assertEquals(List.of(), read("", '\n'));
    assertEquals(List.of("a\nb", "c"), read("a\nb\0c\0", '\0'));
  }

  @Test
  void linesLongerThanTheBufferAreWhole() throws IOException {
    String line = "x".repeat(200_000);

    assertEquals(List.of("a", line, line, "b"), read("a\n" + line + "\n" + line + "\nb\n", '\n'));
  }

  @Test
  void lineThatIsThereIsNotHeldUpByTheNextOne() throws IOException {
    InputStream trickle =
        new InputStream() {
          private int reads;

          @Override
          public int read() {
            throw new AssertionError("by arrays only");
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            if (reads++ > 0) {
              throw new AssertionError("the first line was there");
            }
            target[offset] = 'a';
            target[offset + 1] = '\n';
            target[offset + 2] = 'b';
            return 3;
          }
        };

    assertEquals("a", new InputLines(trickle, '\n').next());
  }

  @Test
  void endlessLineAndForeignBytesAreRefusedWithTheirNumber() {
    IOException endless =
        assertThrows(IOException.class, () -> read("a\n" + "x".repeat(3 << 20), '\n'));
    assertEquals("line 2 is longer than 1 MiB", endless.getMessage());
    InputLines latin = new InputLines(new ByteArrayInputStream(new byte[] {(byte) 0xfc}), '\n');
    assertEquals("line 1 is no UTF-8", assertThrows(IOException.class, latin::next).getMessage());
  }
}
