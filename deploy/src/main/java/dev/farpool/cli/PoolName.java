package dev.farpool.cli;

import dev.farpool.v1.GetStatusResponse;
import dev.farpool.v1.ListTasksRequest;
import dev.farpool.v1.ListTasksResponse;
import dev.farpool.v1.PoolStatus;
import dev.farpool.v1.TaskStatus;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a pool is called, also one that is no more.
 *
 * @param name empty if it has none
 */
record PoolName(String id, String name) {
  private static final int SHORT = 8;
  private static final int LARGEST_PAGE = 1000;

  static PoolName of(PoolStatus pool) {
    return new PoolName(pool.getPoolId(), pool.getName());
  }

  static PoolName of(TaskStatus task) {
    return new PoolName(task.getPoolId(), task.getPoolName());
  }

  /**
   * The pool with this id or name, or an id or name that begins so: one that is there, else one
   * that is gone and of which the coordinator remembers a task.
   *
   * @throws CommandException if there is none, or more than one
   */
  static PoolName find(Connection connection, String wanted) {
    GetStatusResponse status = ClusterCommand.status(connection);
    Set<PoolName> names = new LinkedHashSet<>();
    status.getPoolsList().forEach(pool -> names.add(of(pool)));
    if (names.stream().noneMatch(name -> name.isMeantBy(wanted))) {
      names.addAll(remembered(connection));
    }
    return Abbreviation.find(
        "pool", wanted, new ArrayList<>(names), PoolName::names, PoolName::idAndName);
  }

  private static List<PoolName> remembered(Connection connection) {
    List<PoolName> found = new ArrayList<>();
    ListTasksRequest.Builder request =
        ListTasksRequest.newBuilder()
            .setPageSize(LARGEST_PAGE)
            .addStates(TaskStatus.State.STATE_SUCCEEDED)
            .addStates(TaskStatus.State.STATE_FAILED)
            .addStates(TaskStatus.State.STATE_CANCELLED);
    do {
      ListTasksResponse page = ClusterCommand.cluster(connection).listTasks(request.build());
      page.getTasksList().forEach(task -> found.add(of(task)));
      request.setCursor(page.getNextCursor());
    } while (!request.getCursor().isEmpty());
    return found;
  }

  private boolean isMeantBy(String wanted) {
    return !wanted.isEmpty() && names().anyMatch(name -> name.startsWith(wanted));
  }

  private Stream<String> names() {
    return Stream.of(id, name).filter(text -> !text.isEmpty());
  }

  /** As much of its id as usually tells it from others. */
  String shortId() {
    return id.substring(0, Math.min(SHORT, id.length()));
  }

  /** The beginning of its id, and its name if it has one. */
  String idAndName() {
    return name.isEmpty() ? shortId() : shortId() + " (" + name + ")";
  }
}
