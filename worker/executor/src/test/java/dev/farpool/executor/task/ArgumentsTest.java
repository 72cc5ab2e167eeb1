package dev.farpool.executor.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  private static Object fit(Class<?> type, Object value) {
    Object[] fitted = new Arguments().fit(new Class<?>[] {type}, Arrays.asList(value));
    return fitted == null ? Arguments.NO_FIT : fitted[0];
  }

  private static int distance(Class<?> type, Object value) {
    Arguments arguments = new Arguments();
    assertNotNull(arguments.fit(new Class<?>[] {type}, Arrays.asList(value)));
    return arguments.distance();
  }

  @Test
  void integersFitWhereTheyHaveRoom() {
    assertEquals(5L, fit(long.class, 5L));
    assertEquals(5, fit(int.class, 5L));
    assertEquals((short) 5, fit(Short.class, 5L));
    assertEquals((byte) -128, fit(byte.class, -128L));
    assertEquals(Arguments.NO_FIT, fit(int.class, 1L << 31));
    assertEquals(Arguments.NO_FIT, fit(byte.class, 128L));
    assertEquals(Arguments.NO_FIT, fit(double.class, 5L));
  }

  @Test
  void otherValuesFitTheirJavaTypes() {
    assertEquals(1.5, fit(double.class, 1.5));
    assertEquals(1.5f, fit(float.class, 1.5));
    assertEquals('x', fit(char.class, "x"));
    assertEquals(Arguments.NO_FIT, fit(char.class, "xy"));
    assertEquals("xy", fit(CharSequence.class, "xy"));
    assertEquals(true, fit(boolean.class, true));
    assertEquals(Map.of("a", 1L), fit(Map.class, Map.of("a", 1L)));
    assertNull(fit(String.class, null));
    assertEquals(Arguments.NO_FIT, fit(int.class, null));
  }

  @Test
  void listsFitArraysOfWhatTheirItemsFit() {
    assertArrayEquals(new int[] {1, 2}, (int[]) fit(int[].class, List.of(1L, 2L)));
    assertArrayEquals(new String[] {"a"}, (String[]) fit(String[].class, List.of("a")));
    assertEquals(Arguments.NO_FIT, fit(int[].class, List.of("a")));
  }

  @Test
  void theNarrowerTypeIsFurtherAwayAndObjectFurthest() {
    assertTrue(distance(long.class, 5L) < distance(int.class, 5L));
    assertTrue(distance(int.class, 5L) < distance(byte.class, 5L));
    assertTrue(distance(byte.class, 5L) < distance(Object.class, 5L));
  }
}
