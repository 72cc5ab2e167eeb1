package dev.farpool.coordinator.grpc;

import dev.farpool.coordinator.access.Caller;
import dev.farpool.coordinator.access.Principal;
import dev.farpool.coordinator.access.Role;
import dev.farpool.coordinator.core.Scope;

/** What belongs to whoever makes the call that is being handled. */
final class Scopes {
  private Scopes() {}

  /** Of sessions and pools: clients see their own. */
  static Scope current() {
    Principal caller = Caller.current();
    boolean everything = caller.role() == Role.OPERATOR || caller.role() == Role.VIEWER;
    return new Scope(caller.name(), everything);
  }

  /** Of blobs: clients read their own and results, workers what they are sent. */
  static Scope ofBlobs() {
    Principal caller = Caller.current();
    return new Scope(caller.name(), caller.role() != Role.CLIENT);
  }
}
