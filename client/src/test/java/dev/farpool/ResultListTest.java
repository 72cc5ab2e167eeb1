package dev.farpool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultListTest {
  private static <R> ResultList<R> list(Object... parts) {
    int size = Arrays.stream(parts).mapToInt(java.lang.reflect.Array::getLength).sum();
    ResultList<R> list = new ResultList<>(size);
    int at = 0;
    for (Object part : parts) {
      list.put(at, size - at, part);
      at += java.lang.reflect.Array.getLength(part);
    }
    return list;
  }

  @Test
  void partsOfOneTypeComeOneAfterTheOther() {
    assertEquals(List.of(1, 2, 3), list(new int[] {1, 2}, new int[] {3}));
    assertEquals(List.of(1L, 2L), list(new long[] {1}, new long[] {2}));
    assertEquals(List.of(0.5, 1.5), list(new double[] {0.5}, new double[] {1.5}));
    assertEquals(List.of("a", "b"), list(new Object[] {"a"}, new Object[] {"b"}));
  }

  @Test
  void ofAPartOnlyWhatItWasToBringIsTaken() {
    ResultList<Integer> list = new ResultList<>(3);
    list.put(1, 2, new int[] {2, 3});
    list.put(0, 1, new int[] {1, 7, 8, 9});

    assertEquals(List.of(1, 2, 3), list);
  }

  @Test
  void partsOfDifferentTypesKeepTheTypesOfTheirItems() {
    assertEquals(
        Arrays.asList(1, 2L, null, 0.5, 7),
        list(
            new int[] {1}, new long[] {2}, new Object[] {null}, new double[] {0.5}, new int[] {7}));
  }

  @Test
  void anItemMayBeReplacedByOneOfAnotherType() {
    List<Object> list = list(new int[] {1, 2}, new int[] {3});

    assertEquals(2, list.set(1, "two"));
    assertEquals(List.of(1, "two", 3), list);
    assertEquals("two", list.set(1, 2));
    assertEquals(List.of(1, 2, 3), list);
  }

  @Test
  void itCanBeSortedAndShuffledButHasItsSize() {
    List<Integer> list = list(new int[] {3, 1, 2});

    Collections.sort(list);
    assertEquals(List.of(1, 2, 3), list);
    assertThrows(UnsupportedOperationException.class, () -> list.add(4));
    assertThrows(UnsupportedOperationException.class, () -> list.remove(0));
  }

  @Test
  void itsArrayIsACopy() {
    List<Object> numbers = list(new int[] {1, 2});
    numbers.toArray()[0] = 9;
    List<Object> texts = list((Object) new Object[] {"a", "b"});
    texts.toArray()[0] = "z";

    assertEquals(List.of(1, 2), numbers);
    assertEquals(List.of("a", "b"), texts);
  }

  @Test
  void thereIsNothingOutsideOfIt() {
    List<Integer> list = list(new int[] {1});

    assertThrows(IndexOutOfBoundsException.class, () -> list.get(1));
    assertThrows(IndexOutOfBoundsException.class, () -> list.get(-1));
    assertEquals(new ArrayList<>(), new ResultList<>(0));
  }

  @Test
  void itIsSerialized() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(list(new int[] {1, 2}));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertEquals(List.of(1, 2), in.readObject());
    }
  }
}
