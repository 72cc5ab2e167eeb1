package dev.farpool.cli;

import dev.farpool.common.HostPort;
import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.Status;
import io.grpc.StatusOr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/** Resolves targets such as {@code farpool:/db1:7400,db2:7400}; gRPC tries them in turn. */
final class AddressListResolver extends NameResolver {
  private static final String SCHEME = "farpool";

  static {
    NameResolverRegistry.getDefaultRegistry().register(new Provider());
  }

  private final List<HostPort> addresses;
  private final Executor offload;
  private Listener2 listener;

  private AddressListResolver(List<HostPort> addresses, Executor offload) {
    this.addresses = addresses;
    this.offload = offload;
  }

  /** What to give to a channel builder. */
  static String target(List<HostPort> addresses) {
    String path =
        addresses.stream().map(HostPort::toString).collect(Collectors.joining(",", "/", ""));
    try {
      return new URI(SCHEME, null, path, null).toString();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public String getServiceAuthority() {
    return addresses.get(0).toString();
  }

  @Override
  public void start(Listener2 newListener) {
    listener = newListener;
    refresh();
  }

  @Override
  public void refresh() {
    offload.execute(this::resolve); // Looking up names may block.
  }

  @Override
  public void shutdown() {}

  private void resolve() {
    List<EquivalentAddressGroup> found = new ArrayList<>();
    Status failure = Status.UNAVAILABLE;
    for (HostPort address : addresses) {
      try {
        for (InetAddress host : InetAddress.getAllByName(address.host())) {
          found.add(group(host, address));
        }
      } catch (UnknownHostException unknown) {
        failure = failure.withDescription("there is no host " + address.host()).withCause(unknown);
      }
    }
    listener.onResult(
        ResolutionResult.newBuilder()
            .setAddressesOrError(
                found.isEmpty() ? StatusOr.fromStatus(failure) : StatusOr.fromValue(found))
            .build());
  }

  /** Each coordinator has to show a certificate for its own address, not for the first one's. */
  private static EquivalentAddressGroup group(InetAddress host, HostPort address) {
    return new EquivalentAddressGroup(
        new InetSocketAddress(host, address.port()),
        Attributes.newBuilder()
            .set(EquivalentAddressGroup.ATTR_AUTHORITY_OVERRIDE, address.toString())
            .build());
  }

  private static final class Provider extends NameResolverProvider {
    // Below that of DNS, which is to stay the scheme of targets without one.
    private static final int PRIORITY = 1;

    @Override
    public NameResolver newNameResolver(URI target, NameResolver.Args args) {
      return SCHEME.equals(target.getScheme())
          ? new AddressListResolver(
              HostPort.parseList(target.getPath().substring(1)), args.getOffloadExecutor())
          : null;
    }

    @Override
    public String getDefaultScheme() {
      return SCHEME;
    }

    @Override
    protected boolean isAvailable() {
      return true;
    }

    @Override
    protected int priority() {
      return PRIORITY;
    }
  }
}
