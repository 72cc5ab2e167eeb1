package dev.farpool.call;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.ResultEncodingException;
import dev.farpool.SerializableBiFunction;
import dev.farpool.SerializableCallable;
import dev.farpool.SerializableFunction;
import dev.farpool.SerializableRunnable;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class JavaCallsTest {
  private static final List<Integer> told = new ArrayList<>();
  private static int ran;

  record Point(int x, List<String> names) implements Serializable {}

  private static byte[] run(Shape shape, Object function, Object... arguments) {
    CallWriter writer = new CallWriter();
    Definition definition = writer.call(shape, function, arguments);
    return JavaCalls.function(definition.bytes())
        .apply(Arrays.copyOf(writer.buffer(), writer.size()));
  }

  private static Object call(Shape shape, Object function, Object... arguments) {
    return JavaCalls.decode(run(shape, function, arguments), null);
  }

  private static Object[] map(Shape shape, Object function, Object... items) {
    byte[] result = runChunk(PreparedFunction.of(shape, function), items);
    return shape.settled()
        ? JavaCalls.decodeSettled(result, null)
        : Columns.boxed(JavaCalls.decodeChunk(result, null));
  }

  private static byte[] runChunk(PreparedFunction function, Object... items) {
    CallWriter writer = new CallWriter();
    writer.chunk(function, items, 0, items.length);
    return JavaCalls.function(function.definition().bytes())
        .apply(Arrays.copyOf(writer.buffer(), writer.size()));
  }

  static void count() {
    ran++;
  }

  static long twice(long x) {
    return 2 * x;
  }

  private String instance(String suffix) {
    return "no" + suffix;
  }

  static final class Adder implements SerializableFunction<Integer, Integer> {
    int more;

    Adder(int more) {
      this.more = more;
    }

    @Override
    public Integer apply(Integer x) {
      return x + more;
    }
  }

  @Test
  void valuesOfAllKindsComeBackAsTheyWere() {
    ArrayList<Integer> list = new ArrayList<>(List.of(1, 5, -7));
    Object[] values = {
      null,
      true,
      false,
      0,
      -1,
      Integer.MIN_VALUE,
      Long.MAX_VALUE,
      1.5,
      Double.NaN,
      2.5f,
      (short) -3,
      (byte) -4,
      'x',
      "",
      "plain",
      "ümläut",
      "Zürich → 東京",
      "\uD800 alone",
      list,
      new ArrayList<>(List.of("a", "b")),
      new ArrayList<>(List.of(1, "mixed")),
      List.of(1, 2),
      new Point(3, List.of("p")),
      Map.of("k", 1L)
    };
    for (Object value : values) {
      Object back = JavaCalls.decode(JavaCalls.encode(value), null);
      assertEquals(value, back);
      assertSame(value == null ? null : value.getClass(), back == null ? null : back.getClass());
    }
  }

  @Test
  void arraysComeBackAsTheyWere() {
    assertArrayEquals(new byte[] {1, -1}, (byte[]) back(new byte[] {1, -1}));
    assertArrayEquals(new int[] {1, -1}, (int[]) back(new int[] {1, -1}));
    assertArrayEquals(new long[] {1, -1L << 40}, (long[]) back(new long[] {1, -1L << 40}));
    assertArrayEquals(new double[] {1, -0.0}, (double[]) back(new double[] {1, -0.0}));
    assertArrayEquals(new String[] {"a", null}, (String[]) back(new String[] {"a", null}));
  }

  private static Object back(Object value) {
    return JavaCalls.decode(JavaCalls.encode(value), null);
  }

  @Test
  void lambdasAreCalledWithWhatTheyCaptured() {
    int number = 40;
    String text = "x";
    double half = 0.5;
    SerializableCallable<String> lambda = () -> text + (number + 2) + half;
    assertEquals("x420.5", call(Shape.CALL, lambda));
  }

  @Test
  void methodReferencesOfAllKindsAreCalled() {
    Point point = new Point(7, List.of());
    SerializableCallable<Integer> bound = point::x;
    SerializableFunction<Point, Integer> unbound = Point::x;
    SerializableFunction<Integer, Long> widened = JavaCallsTest::twice;
    SerializableBiFunction<Integer, List<String>, Point> constructor = Point::new;
    SerializableFunction<Integer, int[]> array = int[]::new;
    SerializableFunction<List<String>, Integer> inherited = List::size;
    assertEquals(7, call(Shape.CALL, bound));
    assertEquals(7, call(Shape.APPLY, unbound, point));
    assertEquals(42L, call(Shape.APPLY, widened, 21));
    assertEquals(new Point(1, List.of("n")), call(Shape.APPLY_TWO, constructor, 1, List.of("n")));
    assertEquals(3, ((int[]) call(Shape.APPLY, array, 3)).length);
    assertEquals(2, call(Shape.APPLY, inherited, List.of("a", "b")));
  }

  @Test
  void voidFunctionsGiveNull() {
    ran = 0;
    SerializableRunnable reference = JavaCallsTest::count;
    assertNull(call(Shape.RUN, reference));
    assertNull(call(Shape.RUN, (Runnable & Serializable) JavaCallsTest::count));
    assertEquals(2, ran);
  }

  @Test
  void otherFunctionObjectsAreReadAnewAtEachCall() {
    Adder adder = new Adder(1);
    assertEquals(11, call(Shape.APPLY, adder, 10));
    adder.more = 2;
    assertEquals(12, call(Shape.APPLY, adder, 10));
    assertEquals(5, call(Shape.CALL, (Callable<Integer> & Serializable) () -> 5));
  }

  @Test
  void oneLambdaHasOneDefinition() {
    CallWriter writer = new CallWriter();
    Definition first = null;
    for (int i = 0; i < 10; i++) {
      int captured = i;
      SerializableCallable<Integer> lambda = () -> captured;
      Definition definition = writer.call(Shape.CALL, lambda);
      assertTrue(first == null || first.equals(definition));
      first = definition;
    }
  }

  @Test
  void largeStateTravelsInTheDefinitionOfAMapAndIsFreshForEachChunk() {
    byte[] model = new byte[10_000];
    SerializableFunction<Integer, Integer> lambda = x -> x + model.length + model[0]++;
    PreparedFunction prepared = PreparedFunction.of(Shape.MAP, lambda);
    assertTrue(prepared.definition().bytes().length > 10_000);
    CallWriter writer = new CallWriter();
    writer.chunk(prepared, new Object[] {1, 2}, 0, 2);
    assertTrue(writer.size() < 20);
    var function = JavaCalls.function(prepared.definition().bytes());
    byte[] call = Arrays.copyOf(writer.buffer(), writer.size());
    assertArrayEquals(
        new int[] {10_001, 10_003}, (int[]) JavaCalls.decodeChunk(function.apply(call), null));
    assertArrayEquals(
        new int[] {10_001, 10_003}, (int[]) JavaCalls.decodeChunk(function.apply(call), null));
  }

  @Test
  void chunksOfAllKindsComeBack() {
    SerializableFunction<Object, Object> same = x -> x;
    assertArrayEquals(new Object[] {}, map(Shape.MAP, same));
    assertArrayEquals(new Object[] {5, 7, 9, 11}, map(Shape.MAP, same, 5, 7, 9, 11));
    assertArrayEquals(new Object[] {5, 7, 1, null}, map(Shape.MAP, same, 5, 7, 1, null));
    assertArrayEquals(new Object[] {1L, 2L}, map(Shape.MAP, same, 1L, 2L));
    assertArrayEquals(new Object[] {1.0, -2.0}, map(Shape.MAP, same, 1.0, -2.0));
    assertArrayEquals(new Object[] {"a", "→"}, map(Shape.MAP, same, "a", "→"));
    Object[] objects = {new Point(1, List.of()), new Point(2, List.of("z")), 3};
    assertArrayEquals(objects, map(Shape.MAP, same, objects));
  }

  @Test
  void pairsAreUnpacked() {
    SerializableBiFunction<Integer, String, String> join = (n, s) -> s + n;
    assertArrayEquals(
        new Object[] {"a1", "b2"}, map(Shape.STARMAP, join, Map.entry(1, "a"), Map.entry(2, "b")));
  }

  @Test
  void anErrorEndsAnOrdinaryChunk() {
    ran = 0;
    SerializableFunction<Integer, Integer> function =
        x -> {
          ran++;
          return 1 / x;
        };
    assertThrows(ArithmeticException.class, () -> map(Shape.MAP, function, 1, 0, 1));
    assertEquals(2, ran);
  }

  @Test
  void everyItemOfASettledChunkHasItsOutcome() {
    SerializableFunction<Integer, Object> function = x -> x == 2 ? new Object() : (Object) (1 / x);
    Object[] outcomes = map(Shape.MAP_SETTLED, function, 1, 0, 2, 1);
    assertEquals(1, outcomes[0]);
    assertEquals("java.lang.ArithmeticException", ((ItemFailure) outcomes[1]).className());
    assertEquals(ResultEncodingException.class.getName(), ((ItemFailure) outcomes[2]).className());
    assertEquals(1, outcomes[3]);
  }

  @Test
  void whatTheFunctionThrowsIsThrown() {
    IOException checked = new IOException("checked");
    SerializableCallable<Object> thrower =
        () -> {
          throw new IOException("checked");
        };
    Throwable thrown = assertThrows(IOException.class, () -> call(Shape.CALL, thrower));
    assertEquals(checked.getMessage(), thrown.getMessage());
  }

  @Test
  void anUnserializableResultIsNamed() {
    SerializableCallable<Object> function = Object::new;
    ResultEncodingException thrown =
        assertThrows(ResultEncodingException.class, () -> call(Shape.CALL, function));
    assertTrue(thrown.getMessage().contains("java.lang.Object is not Serializable"));
  }

  static final class Job implements Serializable {
    final Holder holder = new Holder();
  }

  static final class Holder implements Serializable {
    final List<Object> parts = List.of("fine", new Thread());
  }

  @Test
  void anUnserializableArgumentIsRefusedWithItsPath() {
    SerializableFunction<Object, Object> same = x -> x;
    String message =
        assertThrows(IllegalArgumentException.class, () -> call(Shape.APPLY, same, new Job()))
            .getMessage();
    assertEquals(
        "argument 0: "
            + Holder.class.getName()
            + ".parts[1] (java.lang.Thread) is not Serializable",
        message);
  }

  @Test
  void anUnserializableItemIsRefusedWithItsPlace() {
    SerializableFunction<Object, Object> same = x -> x;
    String message =
        assertThrows(IllegalArgumentException.class, () -> map(Shape.MAP, same, 1, new Object(), 3))
            .getMessage();
    assertEquals("item 1: java.lang.Object is not Serializable", message);
  }

  @Test
  void aLambdaThatCapturesAnUnserializableThisIsRefused() {
    SerializableCallable<String> lambda = () -> instance("pe");
    String message =
        assertThrows(IllegalArgumentException.class, () -> call(Shape.CALL, lambda)).getMessage();
    assertEquals(
        "captured value 0 of the function: "
            + JavaCallsTest.class.getName()
            + " is not Serializable",
        message);
  }

  @Test
  void codeThatIsNotThereIsSaidSo() {
    ByteWriter out = new ByteWriter(16);
    out.write(Shape.CALL.code());
    out.write(LambdaSite.LAMBDA);
    out.text("com.example.Nowhere");
    out.text("lambda$main$0");
    out.text("()V");
    out.varint(0);
    out.write(0);
    Throwable thrown =
        assertThrows(ArgumentDecodingException.class, () -> JavaCalls.function(out.toByteArray()));
    assertEquals(ClassNotFoundException.class, thrown.getCause().getClass());
  }

  @Test
  void cutOffBytesAreRefusedEverywhere() {
    byte[] whole = JavaCalls.encode(new ArrayList<>(List.of("some", "texts")));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThrows(ResultEncodingException.class, () -> JavaCalls.decode(cut, null));
    }
  }

  @Test
  void exceptionsThatCannotBeWrittenGiveNull() {
    Exception stubborn =
        new Exception("stubborn") {
          final Object state = new Object();

          @Override
          public String getMessage() {
            return state.toString();
          }
        };
    assertNull(JavaCalls.exception(stubborn));
  }

  @Test
  void theFilterRefusesClasses() {
    ObjectInputFilter filter = ObjectInputFilter.Config.createFilter("java.base/*;!*");
    byte[] encoded = JavaCalls.encode(new Point(1, List.of()));
    assertThrows(ResultEncodingException.class, () -> JavaCalls.decode(encoded, filter));
  }

  @Test
  void aSharedChunkHandsBackWhatItHasNotBegun() {
    SerializableFunction<Integer, Integer> function =
        x -> {
          if (x == 7) {
            HandBack.ask();
          }
          return 10 / x;
        };

    assertArrayEquals(new Object[] {2, 1}, handedBack(Shape.SHARED_MAP, function, 5, 7, 9, 0));
    assertArrayEquals(new Object[] {1}, handedBack(Shape.SHARED_MAP_SETTLED, function, 7, 9, 0));
    assertTrue(handedBack(Shape.SHARED_MAP_SETTLED, function, 0, 7, 9)[0] instanceof ItemFailure);
    assertEquals(2, handedBack(Shape.SHARED_MAP_SETTLED, function, 0, 7, 9).length);
  }

  @Test
  void aSharedChunkOfPairsHandsBackWhatItHasNotBegun() {
    SerializableBiFunction<Integer, String, String> function =
        (number, text) -> {
          HandBack.ask();
          return number + text;
        };

    assertArrayEquals(
        new Object[] {"1a"},
        handedBack(Shape.SHARED_STARMAP, function, Map.entry(1, "a"), Map.entry(2, "b")));
  }

  @Test
  void whatIsHandedBackIsToldOnceAndWhileTheItemRuns() {
    Runnable wish = JavaCalls.converse(note -> told.add(HandBack.read(note)));
    try {
      SerializableFunction<Integer, Integer> function =
          x -> {
            if (x == 7) {
              HandBack.ask();
              HandBack.ask();
              return told.get(0);
            }
            return x;
          };

      assertArrayEquals(new Object[] {5, 2}, handedBack(Shape.SHARED_MAP, function, 5, 7, 9, 0));
      wish.run(); // Too late for it.
      assertEquals(List.of(2), told);
    } finally {
      JavaCalls.converse(null);
      told.clear();
    }
  }

  @Test
  void anotherNoteTellsNothingOfItems() {
    assertEquals(Integer.MAX_VALUE, HandBack.read(new byte[0]));
    assertEquals(Integer.MAX_VALUE, HandBack.read(new byte[] {0}));
  }

  @Test
  void otherChunksAndLaterOnesAreNotHandedBack() {
    SerializableFunction<Integer, Integer> function =
        x -> {
          HandBack.ask();
          return x;
        };
    assertEquals(3, map(Shape.MAP, function, 1, 2, 3).length);
    assertEquals(3, map(Shape.MAP_SETTLED, function, 1, 2, 3).length);

    SerializableFunction<Integer, Integer> same = x -> x;
    assertEquals(3, map(Shape.SHARED_MAP, same, 1, 2, 3).length);
    assertEquals(3, map(Shape.SHARED_MAP_SETTLED, same, 1, 2, 3).length);
  }

  /** What was done, checked against what is told without reading it. */
  private static Object[] handedBack(Shape shape, Object function, Object... items) {
    byte[] result = runChunk(PreparedFunction.of(shape, function), items);
    Object[] done =
        shape.settled()
            ? JavaCalls.decodeSettled(result, null)
            : Columns.boxed(JavaCalls.decodeChunk(result, null));
    assertEquals(done.length, JavaCalls.count(result, shape.settled()));
    return done;
  }
}
