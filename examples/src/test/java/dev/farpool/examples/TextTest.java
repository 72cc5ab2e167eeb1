package dev.farpool.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextTest {
  @Test
  void wordsAreLettersWithApostrophesBetween() {
    assertEquals(5, Text.wordCount("It's the reader's -- 2nd! -- turn."));
  }

  @Test
  void frequenciesTakeNoNoticeOfCase() {
    assertEquals(Map.of("the", 2L, "end", 1L), Text.frequencies("The end, the"));
  }

  @Test
  void longestOfNothingIsRefused() {
    assertEquals("three", Text.longest(List.of("one", "three", "seven")));
    assertThrows(IllegalArgumentException.class, () -> Text.longest(List.of()));
  }
}
