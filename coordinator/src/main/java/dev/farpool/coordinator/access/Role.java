package dev.farpool.coordinator.access;

/** What an identity is allowed to do. One identity has one role. */
public enum Role {
  /** Makes sessions and pools, and sees and changes its own. */
  CLIENT,
  /** Offers cores and runs tasks. */
  WORKER,
  /** Sees everything, cancels and drains, and may do what a client may. */
  OPERATOR,
  /** Sees everything and changes nothing. */
  VIEWER
}
