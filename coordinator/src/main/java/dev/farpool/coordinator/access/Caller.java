package dev.farpool.coordinator.access;

import io.grpc.Context;

/** Who makes the call that is being handled. Thread-safe. */
public final class Caller {
  /** Calls that pass no gate come from this process or are nobody's secret. */
  private static final Context.Key<Principal> KEY =
      Context.keyWithDefault("farpool-caller", Principal.LOCAL);

  private Caller() {}

  /** Its identity. To be asked on the thread that gRPC calls a service on. */
  public static Principal current() {
    return KEY.get();
  }

  static Context as(Principal principal) {
    return Context.current().withValue(KEY, principal);
  }
}
