package dev.farpool.cli;

import dev.farpool.common.HostPort;
import java.net.InetAddress;
import java.net.UnknownHostException;
import picocli.CommandLine.Option;

/** Where a server listens, and the guard that keeps it to this machine. */
final class ListenOption {
  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:7400",
      description =
          "The address to listen on; port 0 takes a free one (default: ${DEFAULT-VALUE}).")
  private HostPort address;

  @Option(
      names = "--insecure",
      fallbackValue = "true",
      description =
          "Listen on other addresses than this machine's own without encryption or without knowing"
              + " the callers: whoever reaches the port runs code on the workers.")
  private boolean insecure;

  /**
   * The address.
   *
   * @param safe whether everything is encrypted, and everybody who calls is known
   * @throws CommandException if others could reach it, it is not safe, and {@code --insecure} is
   *     not given
   */
  HostPort checked(boolean safe) {
    check("--listen", address, safe);
    return address;
  }

  /** The same for another address that is listened on. */
  void check(String option, HostPort listened, boolean safe) {
    if (!safe && !insecure && !isLoopback(option, listened)) {
      throw CommandException.wrong(
          "will not listen on "
              + listened
              + ": whoever reaches it could run code on the workers; encrypt and ask who calls with"
              + " --tls-cert, --tls-key and --tokens or --tls-client-ca (farpool certs init makes"
              + " the files), or add --insecure if only trusted hosts reach this network");
    }
  }

  /**
   * Whether to warn.
   *
   * @param safe whether everything is encrypted, and everybody who calls is known
   */
  boolean isExposed(boolean safe) {
    return !safe && !isLoopback("--listen", address);
  }

  /**
   * Whether only this machine reaches an address.
   *
   * @throws CommandException if there is no such host
   */
  static boolean isLoopback(String option, HostPort listened) {
    try {
      return InetAddress.getByName(listened.host()).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      throw CommandException.wrong(
          option
              + " "
              + listened
              + ": there is no host "
              + listened.host()
              + "; use an address of"
              + " this machine, for example 127.0.0.1:7400");
    }
  }
}
