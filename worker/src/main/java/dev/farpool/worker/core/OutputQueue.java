package dev.farpool.worker.core;

import com.google.protobuf.ByteString;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.TaskOutput;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What tasks printed, on its way to the coordinator, each pool's by itself. It is bounded: while
 * the stream is up, executors that print too fast are not listened to; while it is down they run
 * on, and the oldest is dropped and counted. Executors whose pool's output is paced never run on:
 * of that the stream takes no more than the pool's client does.
 */
final class OutputQueue {
  private static final int MESSAGE_BYTES = 1024 * 1024;

  private final Effects effects;

  /** The pools of which something waits, the next in turn first. */
  private final Set<HeldPool> printing = new LinkedHashSet<>();

  private boolean up;
  private int window;

  OutputQueue(Effects effects) {
    this.effects = effects;
  }

  /**
   * The stream is up.
   *
   * @param windowBytes how much of a pool that is paced may be sent beyond what was taken; 0 for
   *     any number
   */
  void up(int windowBytes) {
    up = true;
    window = windowBytes;
  }

  /** The stream is down: nobody is to wait for it. */
  void down() {
    up = false;
    printing.stream().filter(pool -> !isPaced(pool)).forEach(this::listen);
  }

  /** Whether nothing waits that could ever be sent. */
  boolean isEmpty() {
    return printing.stream().noneMatch(HeldPool::isNumbered);
  }

  /** Whether something can be sent now. */
  boolean isWaiting() {
    for (HeldPool pool : printing) {
      if (maySend(pool)) {
        return true;
      }
    }
    return false;
  }

  private boolean maySend(HeldPool pool) {
    return pool.isNumbered() && pool.output.maySend(window(pool));
  }

  private int window(HeldPool pool) {
    return isPaced(pool) ? window : 0;
  }

  private static boolean isPaced(HeldPool pool) {
    return pool.spec.getPacedOutput();
  }

  void add(Pipeline pipeline, long index, int attempt, boolean stderr, ByteString data) {
    TaskOutput.Builder output = TaskOutput.newBuilder().setStderr(stderr).setData(data);
    if (index >= 0) {
      output.setIndex(index);
    }
    PoolOutput waiting = pipeline.pool.output;
    waiting.add(attempt, output.build());
    printing.add(pipeline.pool);
    boolean paced = isPaced(pipeline.pool);
    if (!paced) {
      waiting.dropExcess(); // Of a paced pool all is kept that is read before it is held up.
    }
    if ((up || paced) && waiting.isHigh() && waiting.unheard.add(pipeline.id)) {
      effects.listen(pipeline.id, false);
    }
  }

  /** Moves what can be sent into a message, of one pool after the other. */
  void fill(AttachRequest.Builder message) {
    int left = MESSAGE_BYTES;
    for (HeldPool pool : List.copyOf(printing)) {
      if (left > 0 && maySend(pool)) {
        left -= pool.output.moveTo(message, pool.number(), left, window(pool));
        printing.remove(pool);
        if (!pool.output.isEmpty()) {
          printing.add(pool);
        }
        listenIfLow(pool);
      }
    }
  }

  private void listenIfLow(HeldPool pool) {
    if (pool.output.isLow()) {
      listen(pool);
    }
  }

  private void listen(HeldPool pool) {
    pool.output.unheard.forEach(executor -> effects.listen(executor, true));
    pool.output.unheard.clear();
  }

  void drop(HeldPool pool) {
    pool.output.clear();
    printing.remove(pool);
    listen(pool);
  }
}
