package dev.farpool.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.grpc.netty.shaded.io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TransportThreadsTest {
  @Test
  void anotherThreadDoesAtOnceWhatItAsksFor() {
    try (TransportThreads threads = TransportThreads.start()) {
      CompletableFuture<Thread> ran = new CompletableFuture<>();

      threads.execute(() -> ran.complete(Thread.currentThread()));

      assertSame(Thread.currentThread(), ran.getNow(null));
    }
  }

  @Test
  void oneOfThemDoesWhatItAsksForWhenItHasDoneWhatItIsAt() throws Exception {
    try (TransportThreads threads = TransportThreads.start()) {
      EventExecutor thread = threads.group.next();
      List<String> done = new ArrayList<>();

      thread
          .submit(
              () -> {
                threads.execute(() -> done.add("asked for"));
                done.add("at");
              })
          .get();
      thread.submit(() -> done.add("later")).get();

      assertEquals(List.of("at", "asked for", "later"), done);
    }
  }
}
