package dev.farpool.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {
  @Test
  void listsAreSeparatedByCommas() {
    assertEquals(
        List.of(new HostPort("a", 1), new HostPort("::1", 2)), HostPort.parseList("a:1, [::1]:2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:1", "127.0.0.1:7400", "[::1]:7400"})
  void textIsWhatWasRead(String text) {
    assertEquals(text, HostPort.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", ":1", "a:", "a:b", "a:65536", "a:-1", "::1:7400", "a:1,"})
  void malformedAddressIsQuotedWithTheFormThatIsExpected(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> HostPort.parseList(text)).getMessage();

    assertTrue(message.startsWith("address must be HOST:PORT"), message);
  }
}
