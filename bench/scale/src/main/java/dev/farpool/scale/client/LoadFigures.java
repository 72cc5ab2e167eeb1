package dev.farpool.scale.client;

/**
 * How far the load has come.
 *
 * @param accepted tasks the coordinator took
 * @param delivered tasks whose result came
 * @param twice results that came again
 * @param failed tasks without a proper result
 * @param refused requests the coordinator had no room for
 */
public record LoadFigures(long accepted, long delivered, long twice, long failed, long refused) {
  static final LoadFigures NONE = new LoadFigures(0, 0, 0, 0, 0);

  LoadFigures plus(LoadFigures other) {
    return new LoadFigures(
        accepted + other.accepted,
        delivered + other.delivered,
        twice + other.twice,
        failed + other.failed,
        refused + other.refused);
  }

  /** Whether every task that was accepted has its result, once. */
  public boolean isComplete() {
    return delivered == accepted && twice == 0 && failed == 0;
  }
}
