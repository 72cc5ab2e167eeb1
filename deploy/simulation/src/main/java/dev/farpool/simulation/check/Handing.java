package dev.farpool.simulation.check;

import dev.farpool.v1.HeldAttempts;
import dev.farpool.v1.Register;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one coordinator handed out of one pool, to whom, and in which order. */
public final class Handing {
  /** How strictly the order is looked at. */
  public enum Mode {
    /** Messages to workers leave in the order in which tasks were handed out. */
    IN_ORDER,
    /** They may wait for a stream, so that their order says nothing. */
    ANY_ORDER
  }

  private record Holder(int attempt, String instance) {}

  /** What is known of one task. */
  private static final class Entry {
    private final List<Holder> holders = new ArrayList<>();
    private boolean handed;
    private boolean over;
    private long backSince = -1;
    private long overtakenBy = -1;
    private long overtakenIn = -1;
  }

  private static final int DEFAULT_ATTEMPTS = 3;

  private final Ledger ledger;
  private final PoolFacts pool;
  private final Mode mode;
  private final Credits credits;
  private final Map<Long, Entry> entries = new HashMap<>();
  private final List<Long> back = new ArrayList<>();
  private long turn = -1;
  private long highestOfTurn = -1;
  private long highestBefore = -1;

  Handing(Ledger ledger, PoolFacts pool, Mode mode) {
    this.ledger = ledger;
    this.pool = pool;
    this.mode = mode;
    this.credits = new Credits(ledger, pool);
  }

  /** What workers take of the pool. */
  Credits credits() {
    return credits;
  }

  private Entry entry(long index) {
    return entries.computeIfAbsent(index, absent -> new Entry());
  }

  /** A worker introduces itself again: what it does not name it does not have. */
  void returned(Register register) {
    Map<Long, Integer> held = new HashMap<>();
    for (HeldAttempts attempts : register.getHeldList()) {
      for (int i = 0; i < attempts.getIndexesCount(); i++) {
        if (attempts.getPoolId().equals(pool.id())) {
          held.put(attempts.getIndexes(i), attempts.getAttempts(i));
        }
      }
    }
    entries.forEach(
        (index, entry) -> {
          Holder named = new Holder(held.getOrDefault(index, 0), register.getInstanceId());
          boolean here =
              entry.holders.stream()
                  .anyMatch(holder -> holder.instance.equals(register.getInstanceId()));
          if (here && entry.handed && !entry.holders.contains(named)) {
            entry.backSince = Math.max(entry.backSince, ledger.turn());
          }
        });
  }

  /**
   * A worker says that it has the task: from now on it may be believed, unless another has an
   * attempt as late. A task that came back and is claimed does not wait in the queue, so others may
   * go before it.
   */
  void claimed(long index, int attempt, String instance) {
    Entry entry = entry(index);
    boolean later = entry.holders.stream().allMatch(holder -> holder.attempt < attempt);
    if (!entry.handed || entry.backSince >= 0 || later) {
      entry.holders.add(new Holder(attempt, instance));
      back.remove((Long) index);
    }
  }

  /** The coordinator hands the task to a worker. */
  void handed(long index, int attempt, String instance) {
    Entry entry = entry(index);
    TaskFacts task = pool.task(index);
    boolean first = !entry.handed && entry.holders.isEmpty();
    if (entry.over) {
      ledger.violated("I2", task + " has its outcome and is handed out");
    }
    int most =
        task == null || task.terms().maxAttempts() == 0
            ? DEFAULT_ATTEMPTS
            : task.terms().maxAttempts();
    if (attempt > most) {
      ledger.violated("I13", task + " is tried for the " + attempt + "th time");
    }
    for (Holder holder : entry.holders) {
      boolean again =
          attempt < holder.attempt || (attempt == holder.attempt && entry.backSince < 0);
      if (entry.handed && again) {
        ledger.violated("I4", task + " is handed out as attempt " + attempt + " after " + holder);
      }
    }
    if (mode == Mode.IN_ORDER) {
      checkOrder(index, first, entry, task);
    }
    entry.handed = true;
    entry.holders.clear();
    entry.holders.add(new Holder(attempt, instance));
    entry.backSince = -1;
    entry.overtakenBy = -1;
  }

  private void checkOrder(long index, boolean first, Entry entry, TaskFacts task) {
    long now = ledger.turn();
    if (now != turn) {
      turn = now;
      highestBefore = Math.max(highestBefore, highestOfTurn);
    }
    if (first) {
      if (index < highestBefore) {
        ledger.violated("I8", task + " is handed out after index " + highestBefore);
      }
      highestOfTurn = Math.max(highestOfTurn, index);
      for (long waiting : back) {
        Entry other = entry(waiting);
        if (waiting < index
            && other.backSince >= 0
            && other.backSince < now
            && other.overtakenBy < 0) {
          other.overtakenBy = index;
          other.overtakenIn = now;
        }
      }
    } else if (entry.overtakenBy >= 0 && entry.overtakenIn < now) {
      ledger.violated("I8", task + " came back and was overtaken by index " + entry.overtakenBy);
    }
    back.remove((Long) index);
  }

  /** A worker gives the task back. */
  void cameBack(long index, int attempt, String instance) {
    pool.gaveBack = true;
    credits.answered(instance, index);
    Entry entry = entry(index);
    if (entry.handed && entry.holders.contains(new Holder(attempt, instance))) {
      entry.backSince = ledger.turn();
      back.add(index);
    }
  }

  /** The executor of the task has died, and the coordinator hears of it. */
  void died(long index, int attempt, String instance) {
    Entry entry = entry(index);
    if (entry.holders.contains(new Holder(attempt, instance))) {
      entry.backSince = ledger.turn();
      back.add(index);
    }
  }

  /** The coordinator tells a client a result that this attempt made. */
  void accepted(long index, int attempt, String instance) {
    Entry entry = entry(index);
    Holder maker = new Holder(attempt, instance);
    if (!entry.holders.contains(maker)) {
      ledger.violated(
          "I4", pool.task(index) + ": the result of " + maker + " counts, not " + entry.holders);
    }
  }

  void over(long index) {
    entry(index).over = true;
  }
}
