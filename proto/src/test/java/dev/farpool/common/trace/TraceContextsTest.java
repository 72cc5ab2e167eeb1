package dev.farpool.common.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.v1.TraceContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextsTest {
  private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private static TraceContext context(String parent, String state) {
    return TraceContext.newBuilder().setTraceparent(parent).setTracestate(state).build();
  }

  @Test
  void aWellFormedContextIsTakenApart() {
    TraceContext valid = TraceContexts.valid(context(PARENT, "rojo=1,congo=2"));

    assertEquals("0af7651916cd43dd8448eb211c80319c", TraceContexts.traceId(valid));
    assertEquals("b7ad6b7169203331", TraceContexts.spanId(valid));
    assertTrue(TraceContexts.isSampled(valid));
    assertEquals("rojo=1,congo=2", valid.getTracestate());
  }

  @Test
  void anotherSpanOfTheSameTraceKeepsTheRest() {
    TraceContext other = TraceContexts.withSpan(context(PARENT, "rojo=1"), 0xabcL);

    assertEquals("00-0af7651916cd43dd8448eb211c80319c-0000000000000abc-01", other.getTraceparent());
    assertEquals("rojo=1", other.getTracestate());
    assertEquals(other, TraceContexts.valid(other));
  }

  @Test
  void whatIsNotSampledIsKnown() {
    String parent = PARENT.substring(0, PARENT.length() - 1) + "0";

    assertFalse(TraceContexts.isSampled(TraceContexts.valid(context(parent, ""))));
  }

  @Test
  void aLaterVersionIsReadAsFarAsItIsKnown() {
    TraceContext later = TraceContexts.valid(context("cc" + PARENT.substring(2) + "-more", ""));

    assertEquals(PARENT, later.getTraceparent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "nonsense",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
        "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.more",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331_01",
        "00-0af7651916cd43dd8448eb211c80319\u0000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333\uff11-01",
      })
  void whatIsNotWellFormedIsNone(String parent) {
    assertNull(TraceContexts.valid(context(parent, "rojo=1")));
  }

  @Test
  void whatIsTooLongIsNone() {
    assertNull(
        TraceContexts.valid(context("cc" + PARENT.substring(2) + "-" + "x".repeat(128), "")));
    assertNotNull(TraceContexts.valid(context(PARENT, "x".repeat(512))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rojo=\u0000", "rojo=1\nPATH=/evil", "rojo=\u00e9"})
  void aStateThatCannotBeAVariableIsLeftOut(String state) {
    assertEquals("", TraceContexts.valid(context(PARENT, state)).getTracestate());
    assertEquals("", TraceContexts.valid(context(PARENT, "x".repeat(513))).getTracestate());
  }
}
