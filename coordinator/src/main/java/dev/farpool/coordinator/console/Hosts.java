package dev.farpool.coordinator.console;

import java.util.HashSet;
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

  /**
   * @param configured the host that is listened on
   */
  Hosts(String configured) {
    this.names = new HashSet<>(List.of("localhost", configured.toLowerCase(Locale.ROOT)));
  }

  /** Whether the value of a {@code Host} header is one of ours. */
  boolean isOurs(String header) {
    if (header == null) {
      return false;
    }
    String host = header.toLowerCase(Locale.ROOT).replaceFirst(":\\d{1,5}$", "");
    return names.contains(host) || ADDRESS.matcher(host).matches();
  }

  /** Whether a request came from the page itself, or not from a page at all. */
  static boolean isOwnOrigin(String origin, String scheme, String hostHeader) {
    return origin == null || origin.equalsIgnoreCase(scheme + "://" + hostHeader);
  }
}
