package dev.farpool.cli;

import dev.farpool.common.HostPort;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the console is served, if it is. */
final class ConsoleOption {
  private static final String OFF = "off";

  @Option(
      names = "--console",
      paramLabel = "HOST:PORT|off",
      defaultValue = "127.0.0.1:7401",
      description =
          "Where to serve the web console; port 0 takes a free one (default: ${DEFAULT-VALUE}).")
  private String address;

  /**
   * Where to serve the console; empty for nowhere.
   *
   * @param guard of the addresses that a coordinator may listen on
   * @param safe whether everything is encrypted, and everybody who calls is known
   * @throws CommandException if the address is none, or others could reach it and may not
   */
  Optional<HostPort> checked(ListenOption guard, boolean safe) {
    if (address.equals(OFF)) {
      return Optional.empty();
    }
    HostPort parsed;
    try {
      parsed = HostPort.parse(address);
    } catch (IllegalArgumentException malformed) {
      throw CommandException.wrong("--console: " + malformed.getMessage() + ", and not \"off\"");
    }
    guard.check("--console", parsed, safe);
    return Optional.of(parsed);
  }
}
