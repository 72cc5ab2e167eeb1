package dev.farpool.cli;

import dev.farpool.v1.GetStatusResponse;
import dev.farpool.v1.PoolStatus;
import java.util.stream.Stream;

/** How pools are called on the command line: by id or by name. */
final class PoolNames {
  private PoolNames() {}

  /**
   * The pool with this id or name, or an id or name that begins so.
   *
   * @throws CommandException if there is none, or more than one
   */
  static PoolStatus find(GetStatusResponse status, String wanted) {
    return Abbreviation.find(
        "pool",
        wanted,
        status.getPoolsList(),
        pool -> Stream.of(pool.getPoolId(), pool.getName()).filter(name -> !name.isEmpty()),
        PoolNames::idAndName);
  }

  /** Its name, or its id if it has none. */
  static String name(PoolStatus pool) {
    return pool.getName().isEmpty() ? pool.getPoolId() : pool.getName();
  }

  /** The beginning of its id, and its name if it has one. */
  static String idAndName(PoolStatus pool) {
    return PoolName.of(pool).idAndName();
  }
}
