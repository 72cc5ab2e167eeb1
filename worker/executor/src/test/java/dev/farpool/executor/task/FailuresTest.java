package dev.farpool.executor.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.executor.wire.WireReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private static Map<Integer, String> fields(Throwable thrown) {
    Map<Integer, String> fields = new HashMap<>();
    WireReader failure = new WireReader(Failures.of(thrown, new JavaCode("", 0, null)).message());
    while (failure.next()) {
      fields.put(
          failure.field(),
          failure.field() == 1 ? String.valueOf(failure.varint()) : failure.string());
    }
    return fields;
  }

  @Test
  void classMessageAndStackAreText() {
    Map<Integer, String> fields = fields(new IllegalStateException("no", new Exception("why")));

    assertEquals("1", fields.get(1));
    assertEquals("java.lang.IllegalStateException", fields.get(2));
    assertEquals("no", fields.get(3));
    assertTrue(fields.get(4).contains("Caused by: java.lang.Exception: why"));
  }

  @Test
  void hugeMessagesAreCutBetweenCharacters() {
    String message = fields(new Exception("ü€😀".repeat(1 << 20))).get(3);

    assertTrue(message.endsWith("…"));
    assertTrue(message.getBytes(StandardCharsets.UTF_8).length <= Failures.MESSAGE_BYTES);
    assertFalse(message.contains("?"));
  }

  @Test
  void textThatJustFitsIsKept() {
    assertEquals("abcd", Failures.cut("abcd", 4));
    assertEquals("a…", Failures.cut("abcde", 4));
    assertEquals("€", Failures.cut("€", 3));
  }

  @Test
  void anExceptionThatLiesAboutItselfIsStillTold() {
    Exception liar =
        new Exception() {
          private static final long serialVersionUID = 1;

          @Override
          public String getMessage() {
            throw new IllegalStateException();
          }
        };

    assertTrue(fields(liar).get(3).contains("IllegalStateException"));
    assertTrue(fields(liar).get(4).contains("anExceptionThatLies"));
  }

  @Test
  void onlyErrorsOfTheTaskTaintTheProcess() {
    assertTrue(Failures.isTainting(new StackOverflowError()));
    assertFalse(Failures.isTainting(new Exception(new StackOverflowError())));
    assertTrue(Failures.isOutOfMemory(new RuntimeException(new OutOfMemoryError())));
  }
}
