package dev.farpool.chaos.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hosts that share a bridge, all in network namespaces of their own, so that the network of this
 * machine is left alone. Needs root and iproute2.
 *
 * <p>Packets are dropped by the kernel's {@code blackhole} queue on the sending end of a link: the
 * sender sees nothing of it, and no firewall is needed.
 */
public final class Network implements AutoCloseable {
  private static final String SUBNET = "192.0.2.";
  private static final int MOST_HOSTS = 250;

  /** Two threads may ask at a time. */
  private static final AtomicInteger PROBES = new AtomicInteger();

  private final String prefix;
  private final String hub;
  private final List<Host> hosts = new ArrayList<>();

  private Network(String prefix) {
    this.prefix = prefix;
    this.hub = prefix + "-hub";
  }

  /** Why there can be no such network here; empty if there can. */
  public static Optional<String> missing() {
    try {
      if (!Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
        return Optional.of("network namespaces need root");
      }
      Shell.run("tc", "-Version");
      String probe = "fp" + ProcessHandle.current().pid() + "-probe" + PROBES.incrementAndGet();
      Shell.run("ip", "netns", "add", probe);
      try {
        Shell.run(
            "ip", "netns", "exec", probe, "tc", "qdisc", "add", "dev", "lo", "root", "blackhole");
        return Optional.empty();
      } finally {
        Shell.run("ip", "netns", "del", probe);
      }
    } catch (IOException | UnsupportedOperationException unusable) {
      return Optional.of(
          "network namespaces need Linux and its package iproute2: " + unusable.getMessage());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  /**
   * Makes an empty network.
   *
   * @param name short, and unique among the networks of this process
   */
  public static Network create(String name) throws IOException, InterruptedException {
    Network network = new Network("fp" + ProcessHandle.current().pid() + name);
    network.addNamespace(network.hub);
    Shell.run("ip", "-n", network.hub, "link", "add", "bridge", "type", "bridge");
    Shell.run("ip", "-n", network.hub, "link", "set", "bridge", "up");
    return network;
  }

  /** Adds a host with an address of its own. */
  public Host host(String name) throws IOException, InterruptedException {
    int number = hosts.size() + 1;
    if (number > MOST_HOSTS) {
      throw new IOException("the network is full");
    }
    Host host = new Host(hub, prefix + "-" + name, "port" + number, SUBNET + number);
    addNamespace(host.namespace());
    hosts.add(host);
    host.connect();
    return host;
  }

  /** An address of the network that no host has. */
  public String unusedAddress() {
    return SUBNET + (MOST_HOSTS + 1);
  }

  private void addNamespace(String name) throws IOException, InterruptedException {
    Shell.run("ip", "netns", "add", name);
    Shell.run("ip", "-n", name, "link", "set", "lo", "up");
  }

  /** The namespaces of this network that exist. */
  public List<String> namespaces() throws IOException, InterruptedException {
    return Shell.run("ip", "netns", "list")
        .lines()
        .map(line -> line.split(" ", 2)[0])
        .filter(name -> name.startsWith(prefix + "-"))
        .toList();
  }

  /** Takes it down. The processes in it should have ended before. */
  @Override
  public void close() throws IOException, InterruptedException {
    for (String name : namespaces()) {
      Shell.run("ip", "netns", "del", name);
    }
  }
}
