package dev.farpool.coordinator.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import dev.farpool.v1.ExitStatus;
import dev.farpool.v1.Failure;
import dev.farpool.v1.PoolSlots;
import dev.farpool.v1.WorkerStatus;
import org.junit.jupiter.api.Test;

class MessageJsonTest {
  private static String json(Message message) {
    return Json.of(json -> MessageJson.writeFields(json, message));
  }

  @Test
  void fieldsAreInCamelCaseAndDefaultsAreThere() {
    assertEquals(
        "{\"poolId\":\"p\",\"poolName\":\"\",\"slots\":0,\"tasks\":9007199254740993}",
        json(PoolSlots.newBuilder().setPoolId("p").setTasks(9007199254740993L).build()));
  }

  @Test
  void spansTimesStatesAndMapsReadEasily() {
    WorkerStatus worker =
        WorkerStatus.newBuilder()
            .setName("w1")
            .setState(WorkerStatus.State.STATE_ACTIVE)
            .putLabels("zone", "<b>")
            .setRegisteredAt(Timestamp.newBuilder().setSeconds(1).setNanos(500_000_000))
            .setLastHeard(Duration.newBuilder().setSeconds(2).setNanos(250_000_000))
            .build();

    assertEquals(
        "{\"name\":\"w1\",\"host\":\"\",\"pid\":0,\"epoch\":0,\"state\":\"active\",\"cores\":0,"
            + "\"busy\":0,\"labels\":{\"zone\":\"<b>\"},\"version\":\"\","
            + "\"registeredAt\":\"1970-01-01T00:00:01.500Z\",\"lastHeardSeconds\":2.25}",
        json(worker));
  }

  @Test
  void onlyTheChosenOneOfSeveralIsThereAndOfBytesTheNumber() {
    assertEquals("{\"code\":0}", json(ExitStatus.newBuilder().setCode(0).build()));
    assertEquals(
        "{\"kind\":\"process_died\",\"className\":\"\",\"message\":\"\",\"stackTrace\":\"\","
            + "\"exceptionBytes\":3,\"exit\":{\"signal\":9},\"stderrTail\":\"\",\"host\":\"\","
            + "\"pid\":0,\"attempts\":4294967295}",
        json(
            Failure.newBuilder()
                .setKind(Failure.Kind.KIND_PROCESS_DIED)
                .setException(ByteString.copyFromUtf8("abc"))
                .setExit(ExitStatus.newBuilder().setSignal(9))
                .setAttempts(-1)
                .build()));
  }
}
