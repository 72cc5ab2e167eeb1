package dev.farpool.coordinator.console;

import dev.farpool.v1.PoolStatus;
import java.util.List;
import java.util.function.Predicate;

/** Finds pools by what people call them: the id, the name, or the beginning of the id. */
final class PoolNames {
  private final ClusterCalls cluster;

  PoolNames(ClusterCalls cluster) {
    this.cluster = cluster;
  }

  /**
   * The id of a pool; what was given if no pool is known by it, for it may be one that has ended.
   *
   * @throws HttpRefusal if several pools are meant
   */
  String id(HttpRequest caller, String text) {
    List<PoolStatus> pools = cluster.status(caller).getPoolsList();
    List<Predicate<PoolStatus>> ways =
        List.of(
            pool -> pool.getPoolId().equals(text),
            pool -> pool.getName().equals(text),
            pool -> pool.getPoolId().startsWith(text));
    for (Predicate<PoolStatus> way : ways) {
      List<PoolStatus> found = pools.stream().filter(way).toList();
      if (found.size() > 1) {
        throw new HttpRefusal(
            HttpRefusal.CONFLICT,
            found.size() + " pools are called " + text + "; use the id of one of them");
      }
      if (found.size() == 1) {
        return found.get(0).getPoolId();
      }
    }
    return text;
  }
}
