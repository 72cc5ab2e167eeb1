package dev.farpool.worker.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * Whatever an executor sends: the agent goes on, other executors are not hurt, and no memory is
 * taken for what was only announced. Without {@code JAZZER_FUZZ=1} it plays the scripts that are
 * kept.
 */
class ExecutorBytesFuzzTest {
  private static final long HOSTILE = 1;
  private static final long HONEST = 2;
  private static final long MOST_MEMORY = 16 << 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir static Path directory;
  private static int runs;

  static Stream<Arguments> kept() {
    return KeptHostileScripts.all().map(script -> Arguments.of((Object) script));
  }

  @MethodSource("kept")
  @FuzzTest
  void nobodyIsHurtByWhatAnExecutorSends(byte @NotNull [] script) throws Exception {
    Logger ours = (Logger) LoggerFactory.getLogger("dev.farpool.worker");
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    ours.addAppender(logged);
    ours.setLevel(Level.ERROR); // That executors are dropped is what the scripts are for.
    Path own = Files.createDirectory(directory.resolve(Integer.toString(runs++)));
    try (SocketedAgent agent = new SocketedAgent(own);
        SocketExecutor hostile = agent.connect(HOSTILE);
        SocketExecutor honest = agent.connect(HONEST)) {
      long before = THREADS.getThreadAllocatedBytes(agent.reader().getId());
      new HostileScript(script).play(hostile, agent.head(HOSTILE));
      hostile.finish();
      honest.answer(agent.head(HONEST));
      agent.awaitFinished(agent.head(HONEST));
      long taken = THREADS.getThreadAllocatedBytes(agent.reader().getId()) - before;
      assertTrue(taken < MOST_MEMORY, "memory taken: " + taken);
      agent.gone(HOSTILE);
    } finally {
      ours.setLevel(null);
      ours.detachAppender(logged);
    }
    assertEquals(List.of(), logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
  }
}
