package dev.farpool.coordinator.core;

import dev.farpool.coordinator.core.TaskCursor.Section;
import dev.farpool.coordinator.history.EndedTasks;
import dev.farpool.coordinator.history.History;
import dev.farpool.coordinator.history.WallTime;
import dev.farpool.v1.ListTasksResponse;
import dev.farpool.v1.TaskStatus;
import java.util.Collection;
import java.util.List;

/** Lists tasks page by page: those that workers have, those that wait, those that have ended. */
final class TaskListing {
  private final WorkerTable workers;
  private final PoolTable pools;
  private final History history;

  TaskListing(WorkerTable workers, PoolTable pools, History history) {
    this.workers = workers;
    this.pools = pools;
    this.history = history;
  }

  /**
   * One page.
   *
   * @throws Refusal if there is no such pool, and nothing is kept of one
   */
  ListTasksResponse list(TaskQuery query, WallTime wall) {
    Collection<Pool> wanted = wanted(query.poolId());
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
    addEnded(query, page);
    ListTasksResponse.Builder response = page.toMessage(wall);
    for (Pool pool : wanted) {
      long waiting = pool.waiting();
      response.setWaiting(response.getWaiting() + waiting);
      response.setRunning(response.getRunning() + pool.unfinished - waiting);
    }
    return response.build();
  }

  private Collection<Pool> wanted(String poolId) {
    if (poolId.isEmpty()) {
      return pools.all();
    }
    Pool pool = pools.find(poolId);
    if (pool != null) {
      return List.of(pool);
    }
    boolean remembered =
        !history
            .ended()
            .latest(Long.MAX_VALUE, row -> row.status().getPoolId().equals(poolId), 1)
            .isEmpty();
    if (remembered) {
      return List.of();
    }
    throw Refusal.noPool(poolId);
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

  private void addEnded(TaskQuery query, TaskPage page) {
    if (page.hasEnded()) {
      return;
    }
    TaskCursor from = query.from();
    long upTo = from.section() == Section.ENDED ? from.index() : Long.MAX_VALUE;
    for (EndedTasks.Entry entry : history.ended().latest(upTo, query::wants, page.room() + 1)) {
      if (!page.add(entry.row())) {
        page.endBefore(TaskCursor.ended(entry.number()));
      }
    }
  }
}
