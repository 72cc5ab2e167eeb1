package dev.farpool.cli;

import dev.farpool.common.HostPort;
import io.grpc.ChannelCredentials;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The option of all commands that speak to a coordinator. */
final class CoordinatorOption {
  @Option(
      names = "--coordinator",
      paramLabel = "HOST:PORT",
      split = ",",
      defaultValue = "127.0.0.1:7400",
      description = {
        "The coordinator; several addresses, separated by commas, are tried in turn"
            + " (default: ${DEFAULT-VALUE})."
      })
  private List<HostPort> addresses;

  @Mixin private CredentialOptions credentials;

  List<HostPort> addresses() {
    return addresses;
  }

  /**
   * What to show to the coordinator, and how to know it.
   *
   * @throws CommandException if a file of it cannot be used
   */
  ChannelCredentials credentials() {
    return credentials.open();
  }

  @Override
  public String toString() {
    return addresses.stream().map(HostPort::toString).collect(Collectors.joining(","));
  }
}
