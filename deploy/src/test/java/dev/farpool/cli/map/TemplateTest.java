package dev.farpool.cli.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
  @ParameterizedTest
  @CsvSource({
    "{}, a/b/c.tar.gz, a/b/c.tar.gz",
    "{.}, a/b/c.tar.gz, a/b/c.tar",
    "{.}, a.d/c, a.d/c",
    "{/}, a/b/c.txt, c.txt",
    "{/}, c.txt, c.txt",
    "{/.}, a/b/c.txt, c",
    "{//}, a/b/c.txt, a/b",
    "{//}, a//c, a",
    "{//}, a/b/, a",
    "{//}, /c, /",
    "{//}, /, /",
    "{//}, c, .",
    "{#}, x, 7",
    "<{}|{}>, $1\\x, <$1\\x|$1\\x>",
    "{x}{}, {.}, {x}{.}",
  })
  void replacementStringsAreThoseOfParallel(String word, String line, String expected) {
    assertEquals(List.of("run", expected), Template.of(List.of("run", word)).fill(7, line));
  }

  @Test
  void lineIsTheLastArgumentWhereNothingIsReplaced() {
    assertEquals(List.of("echo", "a", "b c"), Template.of(List.of("echo", "a")).fill(1, "b c"));
    assertEquals(List.of("echo", "1"), Template.of(List.of("echo", "{#}")).fill(1, "b c"));
  }

  @Test
  void shellGetsTheLineQuotedAndTheWordsAsTheyAre() {
    Template template = Template.of(List.of("echo {} |", "wc")).forShell();

    assertEquals(
        List.of("sh", "-c", "echo 'it'\\''s; $HOME' | wc"), template.fill(1, "it's; $HOME"));
  }

  @Test
  void slotIsRefusedSinceItCannotBeTold() {
    assertThrows(IllegalArgumentException.class, () -> Template.of(List.of("echo", "{%}")));
  }
}
