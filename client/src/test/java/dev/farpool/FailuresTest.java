package dev.farpool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.farpool.v1.ExitStatus;
import dev.farpool.v1.Failure;
import dev.farpool.v1.GetStatusResponse;
import dev.farpool.v1.WorkerStatus;
import org.junit.jupiter.api.Test;

/** What a coordinator says that is newer than this client. */
class FailuresTest {
  private static final int OF_THE_FUTURE = 99;

  @Test
  void aFailureOfAnUnknownKindIsToldByItsText() {
    Failure failure =
        Failure.newBuilder()
            .setKindValue(OF_THE_FUTURE)
            .setClassName("x.Y")
            .setMessage("the moon was full")
            .build();
    Throwable exception = new Failures(null).exception(failure);
    assertInstanceOf(RemoteTaskException.class, exception);
    assertEquals("x.Y: the moon was full", exception.getMessage());
  }

  @Test
  void anUnknownWayToExitIsNoSuccess() {
    assertEquals(1, Failures.exitCode(ExitStatus.getDefaultInstance()));
    assertEquals(0, Failures.exitCode(ExitStatus.newBuilder().setCode(0).build()));
  }

  @Test
  void aWorkerInAnUnknownStateCanBeListed() {
    GetStatusResponse status =
        GetStatusResponse.newBuilder()
            .addWorkers(WorkerStatus.newBuilder().setName("w").setStateValue(OF_THE_FUTURE))
            .build();
    assertEquals(1, ClusterStatus.of(status).workers().size());
  }
}
