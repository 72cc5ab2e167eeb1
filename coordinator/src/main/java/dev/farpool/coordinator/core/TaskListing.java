package dev.farpool.coordinator.core;

import dev.farpool.coordinator.core.TaskCursor.Section;
import dev.farpool.coordinator.history.EndedTasks;
import dev.farpool.coordinator.history.History;
import dev.farpool.coordinator.history.PoolKey;
import dev.farpool.coordinator.history.TaskRow;
import dev.farpool.coordinator.history.WallTime;
import dev.farpool.v1.ListTasksResponse;
import dev.farpool.v1.TaskStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Lists tasks page by page: those that workers have, those that wait, those that have ended. */
final class TaskListing {
  private final WorkerTable workers;
  private final PoolTable pools;
  private final History history;
  private final Sight sight;

  TaskListing(WorkerTable workers, PoolTable pools, Sight sight, History history) {
    this.workers = workers;
    this.pools = pools;
    this.sight = sight;
    this.history = history;
  }

  /**
   * One page.
   *
   * @throws Refusal if the caller has no such pool, and nothing is kept of one
   */
  ListTasksResponse list(Scope scope, TaskQuery query, WallTime wall) {
    Predicate<PoolKey> seen = seen(scope, query.poolId());
    List<Pool> wanted = new ArrayList<>(pools.all());
    wanted.removeIf(pool -> !seen.test(pool.key));
    TaskPage page = new TaskPage(query.pageSize());
    for (Pool pool : wanted) {
      if (query.wants(TaskStatus.State.STATE_RUNNING)) {
        addRunning(pool, query.from(), page, wall.nowNanos());
      }
    }
    for (Pool pool : wanted) {
      if (query.wants(TaskStatus.State.STATE_WAITING)) {
        addWaiting(pool, query.from(), page);
      }
    }
    addEnded(query, seen, page);
    ListTasksResponse.Builder response = page.toMessage(wall);
    for (Pool pool : wanted) {
      long waiting = pool.waiting();
      response.setWaiting(response.getWaiting() + waiting);
      response.setRunning(response.getRunning() + pool.unfinished - waiting);
    }
    return response.build();
  }

  /** Which pools are listed: one, or all that the caller may see. */
  private Predicate<PoolKey> seen(Scope scope, String poolId) {
    if (poolId.isEmpty()) {
      return scope::includes;
    }
    PoolKey wanted = sight.find(scope, poolId);
    if (wanted == null) {
      throw Refusal.noPool(poolId);
    }
    return wanted::equals;
  }

  private void addRunning(Pool pool, TaskCursor from, TaskPage page, long nowNanos) {
    if (page.hasEnded() || from.isBehind(Section.RUNNING, pool.number)) {
      return;
    }
    long begin = from.first(Section.RUNNING, pool.number);
    for (Slab slab : pool.queue.handedOutFrom(begin)) {
      for (long index = Math.max(begin, slab.first); index < slab.end(); index++) {
        if (!page.look() || !addIfRunning(pool, slab, index, page, nowNanos)) {
          page.endBefore(new TaskCursor(Section.RUNNING, pool.number, index));
          return;
        }
      }
    }
  }

  /** Whether it fits, if it runs. */
  private boolean addIfRunning(Pool pool, Slab slab, long index, TaskPage page, long nowNanos) {
    if (!slab.isRunning(index)) {
      return true;
    }
    Worker worker = workers.numbered(slab.holder(index));
    return page.add(TaskRows.running(pool, slab, index, worker, nowNanos));
  }

  private static void addWaiting(Pool pool, TaskCursor from, TaskPage page) {
    if (!page.hasEnded() && !from.isBehind(Section.WAITING, pool.number)) {
      WaitingRuns.add(pool, from.first(Section.WAITING, pool.number), page);
    }
  }

  private void addEnded(TaskQuery query, Predicate<PoolKey> seen, TaskPage page) {
    if (page.hasEnded()) {
      return;
    }
    TaskCursor from = query.from();
    long upTo = from.section() == Section.ENDED ? from.index() : Long.MAX_VALUE;
    Predicate<TaskRow> rows = row -> query.wants(row) && seen.test(row.pool());
    for (EndedTasks.Entry entry : history.ended().latest(upTo, rows, page.room() + 1)) {
      if (!page.add(entry.row())) {
        page.endBefore(TaskCursor.ended(entry.number()));
      }
    }
  }
}
