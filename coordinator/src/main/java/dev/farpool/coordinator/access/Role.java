package dev.farpool.coordinator.access;

import java.util.Locale;

/** What an identity is allowed to do. One identity has one role. */
public enum Role {
  /** Makes sessions and pools, and sees and changes its own. */
  CLIENT,
  /** Offers cores and runs tasks. */
  WORKER,
  /** Sees everything, cancels and drains, and may do what a client may. */
  OPERATOR,
  /** Sees everything and changes nothing. */
  VIEWER;

  /** As people write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads what people write.
   *
   * @throws IllegalArgumentException if there is no such role
   */
  public static Role of(String text) {
    for (Role role : values()) {
      if (role.text().equals(text)) {
        return role;
      }
    }
    throw new IllegalArgumentException(
        "role must be client, worker, operator or viewer, not \"" + text + "\"");
  }
}
