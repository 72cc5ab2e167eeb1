package dev.farpool.coordinator.access;

import java.util.regex.Pattern;

/**
 * Who is at the other end, as it was proven.
 *
 * @param name of the identity; what it makes belongs to this name
 * @param role what it may do
 */
public record Principal(String name, Role role) {
  /** Who everybody is where nobody has to prove anything. */
  public static final Principal LOCAL = new Principal("local", Role.OPERATOR);

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,99}");

  /** Whether something can be a name: it stands in files, their names, and logs. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }
}
