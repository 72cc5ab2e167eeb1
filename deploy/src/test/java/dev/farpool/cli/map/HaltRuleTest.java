package dev.farpool.cli.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HaltRuleTest {
  @Test
  void numberIsReachedByFailedJobsAlone() {
    HaltRule rule = HaltRule.parse("now,fail=2");

    assertTrue(rule.isNow());
    assertFalse(rule.isReached(1, 1));
    assertTrue(rule.isReached(2, 1_000_000));
  }

  @Test
  void percentageNeedsThreeFailedJobs() {
    HaltRule rule = HaltRule.parse("soon,fail=10%");

    assertFalse(rule.isNow());
    assertFalse(rule.isReached(2, 2));
    assertTrue(rule.isReached(3, 30));
    assertFalse(rule.isReached(3, 31));
  }

  @Test
  void neverIsNever() {
    assertEquals(HaltRule.NEVER, HaltRule.parse("never"));
    assertFalse(HaltRule.NEVER.isReached(1_000_000, 1_000_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "now", "now,fail=0", "later,fail=1", "soon,success=1", "now,fail=1%%"})
  void otherWordsAreRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> HaltRule.parse(text));
  }
}
