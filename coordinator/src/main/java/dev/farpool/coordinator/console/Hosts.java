package dev.farpool.coordinator.console;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names under which the console answers. A foreign page can have its own name resolve to this
 * machine (DNS rebinding), but it cannot have a browser send another name than its own; so a
 * request counts only if it names an address, {@code localhost}, or the name that was configured.
 */
final class Hosts {
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");

  private final Set<String> names;
  private final boolean any;

  private Hosts(Set<String> names, boolean any) {
    this.names = names;
    this.any = any;
  }

  /**
   * Where everybody who reaches the console may use it.
   *
   * @param configured the host that is listened on
   */
  static Hosts of(String configured) {
    return new Hosts(Set.copyOf(List.of("localhost", configured.toLowerCase(Locale.ROOT))), false);
  }

  /** Where a token is needed: a foreign page has none, and a service has names of its own. */
  static Hosts any() {
    return new Hosts(Set.of(), true);
  }

  /** Whether the value of a {@code Host} header is one of ours. */
  boolean isOurs(String header) {
    if (header == null) {
      return false;
    }
    String host = header.toLowerCase(Locale.ROOT).replaceFirst(":\\d{1,5}$", "");
    return any || names.contains(host) || ADDRESS.matcher(host).matches();
  }

  /** Whether a request came from the page itself, or not from a page at all. */
  static boolean isOwnOrigin(String origin, String scheme, String hostHeader) {
    return origin == null || origin.equalsIgnoreCase(scheme + "://" + hostHeader);
  }
}
