package dev.farpool.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.v1.Failure.Kind;
import dev.farpool.v1.TaskResult;
import dev.farpool.v1.Value;
import dev.farpool.v1.ValueList;
import dev.farpool.worker.testing.TestTasks;
import dev.farpool.worker.testing.WorkerHarness;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Static methods called by name, on real executors. */
@Timeout(60)
class StaticMethodTest {
  private static final String TASKS = TestTasks.class.getName();

  @TempDir Path temp;
  private WorkerHarness harness;

  @BeforeEach
  void start() throws Exception {
    harness = new WorkerHarness(temp.resolve("worker"), 1);
    harness.coordinator.setRepeating(true);
    harness.open(harness.spec());
  }

  @AfterEach
  void stop() {
    harness.close();
  }

  @Test
  void methodIsCalledWithTheValuesAndGivesOne() throws Exception {
    harness.callStatic(TASKS, "add", integer(40), integer(2));
    Value items =
        Value.newBuilder()
            .setListValue(ValueList.newBuilder().addItems(integer(1)).addItems(text("two")))
            .build();
    harness.callStatic(TASKS, "join", items, text("-"));

    assertEquals(integer(42), result(2, 0).getValue());
    assertEquals(text("1-two"), result(2, 1).getValue());
  }

  @Test
  void whatCannotBeCalledIsToldWithWhatThereIs() throws Exception {
    harness.callStatic("com.example.Nowhere", "method");
    harness.callStatic(TASKS, "nothing");
    harness.callStatic(TASKS, "add", text("a"), integer(1));
    harness.callStatic("java.lang.System", "exit", integer(1));
    harness.callStatic(TASKS, "thread");

    failed(0, Kind.KIND_CODE_NOT_FOUND, "com.example.Nowhere");
    failed(1, Kind.KIND_CODE_NOT_FOUND, "no public static method nothing");
    failed(2, Kind.KIND_BAD_ARGUMENTS, "TestTasks.add(long,long)");
    failed(3, Kind.KIND_CODE_NOT_FOUND, "java.lang.System");
    failed(4, Kind.KIND_RESULT_NOT_SERIALIZABLE, "java.lang.Thread");
  }

  @Test
  void resultThatFitsNoMessageIsRefusedWithItsSize() throws Exception {
    harness.callStatic(TASKS, "large", text("1000000"));
    harness.callStatic(TASKS, "large", text("2000000"));

    assertEquals(1_000_000, result(2, 0).getValue().getStringValue().length());
    failed(1, Kind.KIND_RESULT_TOO_LARGE, "2000");
  }

  @Test
  void exceptionOfTheMethodIsTheTasks() throws Exception {
    harness.callStatic(TASKS, "refuse", text("no"));

    failed(0, Kind.KIND_EXCEPTION, "no");
  }

  private void failed(long index, Kind kind, String part) throws InterruptedException {
    TaskResult result = result((int) index + 1, index);
    assertEquals(kind, result.getFailure().getKind());
    assertTrue(result.getFailure().getMessage().contains(part), result.toString());
  }

  private TaskResult result(int count, long index) throws InterruptedException {
    return harness.coordinator.awaitOutcomes(count).get(index);
  }

  private static Value integer(long value) {
    return Value.newBuilder().setIntValue(value).build();
  }

  private static Value text(String value) {
    return Value.newBuilder().setStringValue(value).build();
  }
}
