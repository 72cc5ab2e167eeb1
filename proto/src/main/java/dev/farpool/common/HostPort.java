package dev.farpool.common;

import java.util.ArrayList;
import java.util.List;

/**
 * A host and a TCP port, as people write them: {@code db1:7400}, {@code 127.0.0.1:7400}, {@code
 * [::1]:7400}.
 *
 * @param host a name or address, an IPv6 address without its brackets
 * @param port 0 to 65535; 0 only where an address is listened on
 */
public record HostPort(String host, int port) {
  /** Checks both parts. */
  public HostPort {
    if (host.isEmpty()) {
      throw new IllegalArgumentException("host must not be empty");
    }
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port must be 0 to 65535, not " + port);
    }
  }

  /**
   * Reads one address.
   *
   * @throws IllegalArgumentException with a text that quotes the input and says the form
   */
  public static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw malformed(text);
    }
    try {
      return new HostPort(host, Integer.parseInt(text.substring(colon + 1)));
    } catch (IllegalArgumentException wrong) {
      throw malformed(text);
    }
  }

  /**
   * Reads a list of addresses, separated by commas.
   *
   * @throws IllegalArgumentException if there is none, or one is malformed
   */
  public static List<HostPort> parseList(String text) {
    List<HostPort> addresses = new ArrayList<>();
    for (String address : text.split(",", -1)) {
      addresses.add(parse(address.strip()));
    }
    return List.copyOf(addresses);
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "address must be HOST:PORT, for example localhost:7400 or [::1]:7400, not \""
            + text
            + "\"");
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
