package dev.farpool.executor.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PumpTest {
  private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** Takes its time for each piece. */
  private static final class SlowTarget extends ByteArrayOutputStream {
    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      for (long end = System.nanoTime() + SLOW_NANOS; System.nanoTime() < end; ) {
        LockSupport.parkNanos(end - System.nanoTime());
      }
      super.write(bytes, offset, length);
    }
  }

  private final SlowTarget target = new SlowTarget();
  private final Pump pump = new Pump("test-pump", target);

  @Test
  void whatWasReadIsWrittenHoweverSlowly() throws Exception {
    InputStream source = new ByteArrayInputStream(new byte[40_000]);

    pump.begin(source);

    assertTrue(pump.await(10));
    assertEquals(40_000, target.size());
  }

  @Test
  void aStreamThatNeverEndsIsNotWaitedFor() throws Exception {
    try (PipedOutputStream held = new PipedOutputStream();
        InputStream source = new PipedInputStream(held)) {
      pump.begin(source);

      assertFalse(pump.await(10));
    }
  }
}
