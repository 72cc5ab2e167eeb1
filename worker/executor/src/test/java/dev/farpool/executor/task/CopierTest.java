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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CopierTest {
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
  private final Copier copier = new Copier(target);

  @BeforeEach
  void start() {
    SideThread.of("test-copier", copier).start();
  }

  @Test
  void whatWasReadIsWrittenHoweverSlowly() throws Exception {
    InputStream source = new ByteArrayInputStream(new byte[40_000]);

    copier.begin(source);

    assertTrue(copier.await(10));
    assertEquals(40_000, target.size());
  }

  @Test
  void aStreamThatNeverEndsIsNotWaitedFor() throws Exception {
    try (PipedOutputStream held = new PipedOutputStream();
        InputStream source = new PipedInputStream(held)) {
      copier.begin(source);

      assertFalse(copier.await(10));
    }
  }
}
