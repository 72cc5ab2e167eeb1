package dev.farpool.bench;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTableTest {
  @ParameterizedTest
  @CsvSource({
    "20, 16, 24, 'noop      rate      10.0   20.0  2.000  higher  tasks/s'",
    "5, 4, 6, 'noop      rate      10.0  5.000  0.500  lower   tasks/s'",
    "20, 12, 24, 'noop      rate      10.0   20.0  2.000  same    tasks/s'",
  })
  void figuresAreTheSameWhereTheirSpreadsOverlap(
      double median, double least, double greatest, String line) {
    String text =
        ComparisonTable.of(
            Results.of(2, Results.rate("noop", 10, 8, 12)),
            Results.of(2, Results.rate("noop", median, least, greatest)));

    assertTrue(text.contains(line + "\n"), text);
    assertFalse(text.contains("not measured alike"), text);
  }

  @Test
  void figuresOfOneResultOnlyAreShownWithoutARatio() {
    String text =
        ComparisonTable.of(
            Results.of(2, Results.rate("noop", 10, 8, 12)),
            Results.of(2, Results.rate("echo", 20, 16, 24)));

    assertTrue(
        text.contains("noop      rate      10.0      -      -  only before  tasks/s\n"), text);
    assertTrue(
        text.contains("echo      rate         -   20.0      -  only after   tasks/s\n"), text);
  }

  @Test
  void otherCircumstancesAreTold() {
    String text = ComparisonTable.of(Results.of(2), Results.of(4));

    assertTrue(text.contains("not measured alike: cores differ\n"), text);
  }
}
